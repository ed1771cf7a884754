package dev.pitot.model.sample;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.time.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples of one direction aggregated over a longer time, without warm-up.
///
/// @param time time of the last sample
/// @param context role, direction and protocol
/// @param streams number of streams
/// @param extent time and amount of data that the window covers
/// @param distributions distributions of states
/// @param counters events within the window
public record Window(
        Instant time,
        Sample.Context context,
        int streams,
        Extent extent,
        Distributions distributions,
        Counters counters) {

    /// Aggregates samples into one window.
    ///
    /// @param samples samples of one direction with the same number of streams each, in order
    /// @return null if all samples are warm-up
    public static @Nullable Window of(List<Sample> samples) {
        var windowAccumulator = new WindowAccumulator();
        samples.forEach(windowAccumulator::add);
        return windowAccumulator.window();
    }

    /// Time and amount of data that a window covers.
    ///
    /// @param span from the first sample's start to the last one's end
    /// @param seconds total duration of its samples
    /// @param bytes bytes transferred
    /// @param samples number of samples
    /// @param omittedSamples number of further samples that were warm-up
    public record Extent(Span span, double seconds, long bytes, int samples, int omittedSamples) {}

    /// Distributions of states; null if no sample has the value.
    ///
    /// @param bitsPerSecond its mean is total bytes by total time; null if no time passed
    /// @param tcp states of sending TCP connections
    /// @param jitterSeconds jitter of receiving UDP streams
    /// @param kernel all TCP_INFO values: counters within the window, states as their mean, the lowest
    ///     round-trip time, and codes that stayed the same
    public record Distributions(
            @Nullable Distribution bitsPerSecond,
            TcpDistributions tcp,
            @Nullable Distribution jitterSeconds,
            @Nullable KernelValues<TcpField> kernel) {}

    /// Distributions of the states of sending TCP connections; null if no sample has the value.
    public record TcpDistributions(
            @Nullable Distribution roundTripSeconds,
            @Nullable Distribution roundTripVarianceSeconds,
            @Nullable Distribution congestionBytes,
            @Nullable Distribution peerBytes,
            @Nullable Distribution pathMtuBytes) {}

    /// Events within a window; null if no sample has the value.
    public record Counters(
            @Nullable Long retransmits,
            @Nullable Long reorderings,
            @Nullable Long packets,
            @Nullable Long lost,
            @Nullable Long outOfOrder,
            @Nullable Long duplicates) {}
}
