package dev.pitot.model.sample;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Distribution of a value over the samples of a window. Exact: all samples are kept.
///
/// @param samples number of samples that have the value, 1 or more
/// @param mean mean of the samples; for a rate, total bytes by total time
/// @param min the smallest
/// @param max the largest
/// @param spread standard deviation and quantiles
public record Distribution(int samples, double mean, double min, double max, Spread spread) {
    private static final int MEDIAN = 50;
    private static final int HIGH = 95;
    private static final int HIGHEST = 99;
    private static final int PERCENT = 100;

    /// Standard deviation and quantiles.
    ///
    /// @param standardDeviation square root of the mean squared distance from the plain mean
    /// @param p50 smallest value that half of the samples do not exceed (nearest rank)
    /// @param p95 the same for 95 %
    /// @param p99 the same for 99 %
    public record Spread(double standardDeviation, double p50, double p95, double p99) {}

    /// Returns the distribution of the finite values.
    ///
    /// @return null if there are none
    static @Nullable Distribution of(double[] figures) {
        double[] sorted =
                Arrays.stream(figures).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return null;
        }
        double mean = within(sorted, Arrays.stream(sorted).average().orElse(0));
        double squares = 0;
        for (double figure : sorted) {
            squares += (figure - mean) * (figure - mean);
        }
        var spread = new Spread(
                Math.sqrt(squares / sorted.length),
                quantile(sorted, MEDIAN),
                quantile(sorted, HIGH),
                quantile(sorted, HIGHEST));
        return new Distribution(sorted.length, mean, sorted[0], sorted[sorted.length - 1], spread);
    }

    /// Returns this distribution with a time-weighted mean.
    Distribution withMean(double value) {
        return new Distribution(samples, Math.clamp(value, min, max), min, max, spread);
    }

    /// Rounding may move a mean slightly out of the range of its values.
    private static double within(double[] sorted, double mean) {
        return Math.clamp(mean, sorted[0], sorted[sorted.length - 1]);
    }

    /// Integer arithmetic: 0.95 times a number of samples may be slightly too large.
    private static double quantile(double[] sorted, long percent) {
        int rank = Math.toIntExact((percent * sorted.length + PERCENT - 1) / PERCENT);
        return sorted[rank - 1];
    }
}
