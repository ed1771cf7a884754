package dev.pitot.model.result;

/// Rise of the round-trip time under load over the idle one.
///
/// @param micros percentile under load less the lowest idle round trip, in microseconds; may be below 0
///     by the noise of the measurement
/// @param percentile that `micros` was made of: 95, or 50 where there are too few samples
/// @param baselineMicros the idle round trip that `micros` is over, in microseconds, above 0
/// @param bufferDelayPercent buffer delay of RFC 6349 (4.3): (mean under load − baseline) / baseline × 100
public record LatencyRise(double micros, int percentile, double baselineMicros, double bufferDelayPercent) {
    private static final int HIGH = 95;
    private static final int MEDIAN = 50;
    private static final double PERCENT = 100;

    /// Returns the rise of round trips over a baseline.
    ///
    /// @param loaded statistics under load, with a median at least
    /// @param baselineMicros lowest idle round trip in microseconds, above 0
    /// @throws IllegalArgumentException if there is no median, or the baseline is not above 0
    static LatencyRise of(RoundTripStatistics loaded, double baselineMicros) {
        Double median = loaded.percentiles().p50();
        if (median == null || !(baselineMicros > 0)) {
            throw new IllegalArgumentException("no rise of " + loaded + " over " + baselineMicros);
        }
        Double high = loaded.percentiles().p95();
        return new LatencyRise(
                (high == null ? median : high) - baselineMicros,
                high == null ? MEDIAN : HIGH,
                baselineMicros,
                (loaded.meanMicros() - baselineMicros) / baselineMicros * PERCENT);
    }

    /// Grade of this rise.
    public Grade grade() {
        return Grade.ofRise(micros);
    }
}
