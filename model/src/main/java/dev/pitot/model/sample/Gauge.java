package dev.pitot.model.sample;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a figure was spread over the samples of a window. Exact: all samples were kept.
///
/// @param samples how many had the figure, 1 or more
/// @param mean of them; of a rate all bytes by all time
/// @param min the smallest
/// @param max the largest
/// @param spread standard deviation and quantiles
public record Gauge(int samples, double mean, double min, double max, Spread spread) {
    private static final int MEDIAN = 50;
    private static final int HIGH = 95;
    private static final int HIGHEST = 99;
    private static final int PERCENT = 100;

    /// How far figures lie from each other.
    ///
    /// @param standardDeviation square root of the mean squared distance from the plain mean
    /// @param p50 the smallest figure that half of the samples do not exceed (nearest rank)
    /// @param p95 the same for 95 in a hundred
    /// @param p99 the same for 99 in a hundred
    public record Spread(double standardDeviation, double p50, double p95, double p99) {}

    /// Of figures of which those that are not finite do not count.
    ///
    /// @return null if none counts
    static @Nullable Gauge of(double[] figures) {
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
        return new Gauge(sorted.length, mean, sorted[0], sorted[sorted.length - 1], spread);
    }

    /// The same with a mean that is weighed by time.
    Gauge withMean(double value) {
        return new Gauge(samples, Math.clamp(value, min, max), min, max, spread);
    }

    /// A mean whose last bit was rounded away may lie just outside of what it is the mean of.
    private static double within(double[] sorted, double mean) {
        return Math.clamp(mean, sorted[0], sorted[sorted.length - 1]);
    }

    /// In whole numbers: 0.95 times a number of samples may be a little more than it is.
    private static double quantile(double[] sorted, long percent) {
        int rank = Math.toIntExact((percent * sorted.length + PERCENT - 1) / PERCENT);
        return sorted[rank - 1];
    }
}
