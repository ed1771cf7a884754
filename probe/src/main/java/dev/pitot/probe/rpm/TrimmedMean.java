package dev.pitot.probe.rpm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Single-sided trimmed mean (draft, TMP).
final class TrimmedMean {
    private TrimmedMean() {}

    /// Returns the mean without the largest values.
    ///
    /// @param kept share of values in the mean, rounded up to whole values
    /// @return null of nothing
    static @Nullable Double of(double[] values, double kept) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = (int) Math.ceil(sorted.length * kept);
        return Arrays.stream(sorted).limit(count).average().orElseThrow();
    }
}
