package dev.pitot.engine.stream;

import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/// Recorded times, in about 10 KB whatever their number: percentiles are within 1 % or 0.5 µs, minimum
/// and maximum are exact. Recording allocates nothing. One thread at a time.
final class LatencyHistogram {
    /// Longest time that can be told apart: 60 s.
    static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long RESOLUTION_NANOS = 1_000;
    private static final int DIGITS = 2;
    private static final double NANOS_PER_MICRO = 1_000;

    private final AbstractHistogram histogram = new IntCountsHistogram(RESOLUTION_NANOS, MAX_NANOS, DIGITS);
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos;
    private double sumNanos;

    /// Records a time, from 0 to [#MAX_NANOS].
    void record(long nanos) {
        histogram.recordValue(nanos);
        minNanos = Math.min(minNanos, nanos);
        maxNanos = Math.max(maxNanos, nanos);
        sumNanos += nanos;
    }

    /// Records all times of another histogram.
    void add(LatencyHistogram other) {
        histogram.add(other.histogram);
        minNanos = Math.min(minNanos, other.minNanos);
        maxNanos = Math.max(maxNanos, other.maxNanos);
        sumNanos += other.sumNanos;
    }

    /// Forgets all times.
    void reset() {
        histogram.reset();
        minNanos = Long.MAX_VALUE;
        maxNanos = 0;
        sumNanos = 0;
    }

    /// Returns the statistics, or null if nothing was recorded.
    @Nullable RoundTripStatistics statistics(LatencyMethod method) {
        long samples = histogram.getTotalCount();
        if (samples == 0) {
            return null;
        }
        return new RoundTripStatistics(
                method,
                samples,
                micros(minNanos),
                sumNanos / samples / NANOS_PER_MICRO,
                Percentiles.of(
                        samples,
                        percent -> micros(Math.clamp(histogram.getValueAtPercentile(percent), minNanos, maxNanos))),
                micros(maxNanos));
    }

    private static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }
}
