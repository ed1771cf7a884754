package dev.pitot.model.result;

import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The change of one direction's delay over its own minimum in the run: what waited in queues.
///
/// @param samples that the percentiles are made of, 1 or more
/// @param percentiles those that so many samples can carry
/// @param maxMicros the largest change in microseconds
public record DelayChange(int samples, Percentiles percentiles, double maxMicros) {
    private static final int MEDIAN = 50;
    private static final int HIGH = 95;
    private static final int HIGHEST = 99;
    private static final int PERCENT = 100;
    private static final double NANOS_PER_MICRO = 1e3;

    /// Returns the distribution of the changes.
    ///
    /// @param nanos the changes, at least one; they get sorted
    public static DelayChange of(long[] nanos) {
        Arrays.sort(nanos);
        var percentiles = new Percentiles(
                percentile(nanos, MEDIAN, Percentiles.MIN_SAMPLES_P50),
                percentile(nanos, HIGH, Percentiles.MIN_SAMPLES_P95),
                percentile(nanos, HIGHEST, Percentiles.MIN_SAMPLES_P99));
        return new DelayChange(nanos.length, percentiles, nanos[nanos.length - 1] / NANOS_PER_MICRO);
    }

    /// Returns the nearest rank.
    private static @Nullable Double percentile(long[] sorted, int percent, int needed) {
        int rank = Math.ceilDiv(sorted.length * percent, PERCENT);
        return sorted.length < needed ? null : (Double) (sorted[rank - 1] / NANOS_PER_MICRO);
    }

    /// Returns the change in microseconds that judgements look at: p95, or p50 where the samples carry no
    /// more; null if they carry neither.
    public @Nullable Double highMicros() {
        Double p95 = percentiles.p95();
        return p95 == null ? percentiles.p50() : p95;
    }
}
