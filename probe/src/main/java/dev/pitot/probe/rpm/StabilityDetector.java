package dev.pitot.probe.rpm;

import java.util.ArrayDeque;
import java.util.Deque;

/// Stability of a series of moving averages: the standard deviation of the last MAD of them is below the
/// tolerance's share of the newest. Used by one thread.
final class StabilityDetector {
    private final int distance;
    private final double tolerance;
    private final Deque<Double> averages = new ArrayDeque<>();

    StabilityDetector(RpmOptions.StabilityPlan plan) {
        distance = plan.distance();
        tolerance = plan.tolerance();
    }

    /// Adds the newest average.
    ///
    /// @return whether the series is stable now
    boolean add(double average) {
        averages.addLast(average);
        if (averages.size() > distance) {
            averages.removeFirst();
        }
        return averages.size() == distance && deviation() < tolerance * average;
    }

    /// Returns the standard deviation of a population.
    private double deviation() {
        double mean =
                averages.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double variance = averages.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .average()
                .orElseThrow();
        return Math.sqrt(variance);
    }
}
