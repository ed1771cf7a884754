package dev.pitot.model.sample;

import dev.pitot.model.time.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples of one direction gathered over a longer time. Warm-up is left out.
///
/// @param time of the last sample
/// @param context what was measured
/// @param streams how many carried it
/// @param extent what the window covers
/// @param gauges how states were spread
/// @param counters what happened within it
public record Window(
        Instant time, Sample.Context context, int streams, Extent extent, Gauges gauges, Counters counters) {

    /// Gathers samples by hand.
    ///
    /// @param samples of one direction and as many streams each, in order
    /// @return null if there are none but warm-up
    public static @Nullable Window of(List<Sample> samples) {
        var gathering = new Gathering();
        samples.forEach(gathering::add);
        return gathering.window();
    }

    /// What a window covers.
    ///
    /// @param span from the first sample's start to the last one's end
    /// @param seconds that its samples lasted together
    /// @param bytes moved
    /// @param samples how many were gathered
    /// @param omittedSamples how many more were warm-up
    public record Extent(Span span, double seconds, long bytes, int samples, int omittedSamples) {}

    /// How states were spread; null where no sample knew them.
    ///
    /// @param bitsPerSecond its mean is all bytes by all time; null if no time passed
    /// @param tcp of sending TCP connections
    /// @param jitterSeconds of receiving UDP streams
    public record Gauges(
            @Nullable Gauge bitsPerSecond,
            TcpGauges tcp,
            @Nullable Gauge jitterSeconds) {}

    /// How states of sending TCP connections were spread; null where no sample knew them.
    public record TcpGauges(
            @Nullable Gauge roundTripSeconds,
            @Nullable Gauge roundTripVarianceSeconds,
            @Nullable Gauge congestionBytes,
            @Nullable Gauge peerBytes,
            @Nullable Gauge pathMtuBytes) {}

    /// What happened within a window; null where no sample knew it.
    public record Counters(
            @Nullable Long retransmits,
            @Nullable Long reorderings,
            @Nullable Long packets,
            @Nullable Long lost,
            @Nullable Long outOfOrder,
            @Nullable Long duplicates) {}
}
