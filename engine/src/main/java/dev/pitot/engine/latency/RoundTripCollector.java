package dev.pitot.engine.latency;

import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Distribution of the round-trip times of one method in bounded memory, less than 300 KB however many there
/// are. Minimum, maximum and mean are exact; a percentile is at most 0.1 % too high. Belongs to one thread.
public final class RoundTripCollector {
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1e3;

    /// Longest time that is told apart; a longer one counts as this.
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final LatencyMethod method;
    private final Histogram nanoseconds = new Histogram(DIGITS); // grows with the largest value
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos;
    private double sumNanos;

    public RoundTripCollector(LatencyMethod method) {
        this.method = method;
    }

    /// Adds a round trip.
    ///
    /// @param nanos its length; one that is not above 0 is ignored
    public void add(long nanos) {
        if (nanos > 0) {
            long counted = Math.min(nanos, MAX_NANOS);
            nanoseconds.recordValue(counted);
            minNanos = Math.min(minNanos, counted);
            maxNanos = Math.max(maxNanos, counted);
            sumNanos += counted;
        }
    }

    /// Returns the statistics of all round trips so far, or null if there are none.
    public @Nullable RoundTripStatistics statistics() {
        return statistics(nanoseconds.getTotalCount());
    }

    /// Returns the statistics of round trips that are not independent of each other.
    ///
    /// @param samples number of independent samples among them, by which percentiles are reported
    @Nullable RoundTripStatistics statistics(long samples) {
        long count = nanoseconds.getTotalCount();
        if (count == 0) {
            return null;
        }
        return new RoundTripStatistics(
                method,
                samples,
                minNanos / NANOS_PER_MICRO,
                sumNanos / count / NANOS_PER_MICRO,
                Percentiles.of(
                        samples,
                        percent -> Math.clamp(nanoseconds.getValueAtPercentile(percent), minNanos, maxNanos)
                                / NANOS_PER_MICRO),
                maxNanos / NANOS_PER_MICRO);
    }
}
