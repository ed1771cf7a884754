package dev.pitot.model.result;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Statistics of round-trip times measured in one way.
///
/// @param samples number of samples, 1 or more. Of [LatencyMethod#KERNEL_SMOOTHED] it is the number of
///     moments at which the kernel was asked, for all streams together: streams that share a queue see the
///     same at one moment
/// @param minMicros lowest sample in microseconds
/// @param meanMicros mean of all samples in microseconds
/// @param percentiles those that so many samples can carry
/// @param maxMicros highest sample in microseconds
public record RoundTripStatistics(
        LatencyMethod method,
        long samples,
        double minMicros,
        double meanMicros,
        Percentiles percentiles,
        double maxMicros) {
    /// Percentiles in microseconds; null where there are too few samples.
    public record Percentiles(
            @Nullable Double p50,
            @Nullable Double p95,
            @Nullable Double p99) {
        /// No percentile at all.
        public static final Percentiles NONE = new Percentiles(null, null, null);
        /// Samples that a median needs to be reported.
        public static final int MIN_SAMPLES_P50 = 5;
        /// Samples that a 95th percentile needs: the order statistics' 95 % interval then is ranks 184 to
        /// 196 of 200.
        public static final int MIN_SAMPLES_P95 = 200;
        /// Samples that a 99th percentile needs: the order statistics' 95 % interval then is ranks 983 to
        /// 997 of 1000.
        public static final int MIN_SAMPLES_P99 = 1000;

        private static final double MEDIAN = 50;
        private static final double HIGH = 95;
        private static final double HIGHEST = 99;

        /// Returns those percentiles that a number of samples can carry.
        ///
        /// @param samples number of samples
        /// @param micros value in microseconds at a percentile, 0..100
        public static Percentiles of(long samples, DoubleUnaryOperator micros) {
            return new Percentiles(
                    samples < MIN_SAMPLES_P50 ? null : micros.applyAsDouble(MEDIAN),
                    samples < MIN_SAMPLES_P95 ? null : micros.applyAsDouble(HIGH),
                    samples < MIN_SAMPLES_P99 ? null : micros.applyAsDouble(HIGHEST));
        }
    }
}
