package dev.pitot.probe.rpm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Result of one direction: its formula's terms are of the last MAD intervals.
///
/// @param terms trimmed means under load, from which [RpmTerms#rpm()] is
/// @param goodput moving average over the last MAD intervals
/// @param confidence in RPM
/// @param load how the line was loaded
public record RpmScore(RpmDirection direction, RpmTerms terms, Goodput goodput, RpmConfidence confidence, Load load) {
    /// Bits per second of HTTP bodies, each null if not loaded or if no interval was completed.
    ///
    /// @param download as they arrived here
    /// @param upload as they were given to this end's sockets
    /// @param confidence in the sum of both
    public record Goodput(
            @Nullable Double download, @Nullable Double upload, RpmConfidence confidence) {}

    /// Load while it was measured.
    ///
    /// @param connections in the end
    /// @param length of the load
    /// @param areMultiplexed false if the server speaks HTTP/1.1 only: then no probe can share a connection with
    ///     the load, and there is no RPM
    public record Load(int connections, Duration length, boolean areMultiplexed) {}
}
