package dev.pitot.probe.stamp;

import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.RoundTripStatistics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of a sender.
///
/// @param counts of packets
/// @param loss of each direction
/// @param roundTrips without the time in the reflector; null if no answer came
/// @param oneWay how the delay of each direction changed
/// @param clocks what both ends say of their clocks
public record StampResult(
        Counts counts, StampLoss loss, @Nullable RoundTripStatistics roundTrips, OneWayDelay oneWay, Clocks clocks) {
    /// Numbers of packets.
    ///
    /// @param sent packets that left
    /// @param answered of those, each once
    /// @param duplicates answers that came again
    /// @param reordered answers that came after one to a later packet (RFC 4737, type P-Reordered)
    /// @param invalid datagrams that are no answer to a packet of this run: too short, not authentic, or
    ///     times that contradict each other
    public record Counts(long sent, long answered, long duplicates, long reordered, long invalid) {}

    /// What is known of the clocks.
    ///
    /// @param reflector what the reflector says of its own; null if no answer came
    /// @param step by how much this machine's time of day was set during the run; zero if it was not. The
    ///     measurement does not follow it
    /// @param ttl with which packets reached the reflector, 1..254; 0 if it does not say
    public record Clocks(@Nullable ErrorEstimate reflector, Duration step, int ttl) {}
}
