package dev.pitot.probe.rpm;

import java.util.ArrayDeque;
import java.util.Deque;

/// Mean of the last values of a series: fewer while there are not so many yet. Used by one thread.
final class MovingAverage {
    private final int distance;
    private final Deque<Double> values = new ArrayDeque<>();

    /// @param distance number of values, MAD
    MovingAverage(int distance) {
        this.distance = distance;
    }

    /// Adds a value and returns the mean.
    double add(double value) {
        values.addLast(value);
        if (values.size() > distance) {
            values.removeFirst();
        }
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
