package dev.pitot.metrics.prometheus;

import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Totals of a direction, computed from a summary.
final class FinalMetrics {
    private static final double BITS_PER_BYTE = 8;
    private static final double PERCENT = 100;

    private FinalMetrics() {}

    /// Returns the receiver's total; if it is unknown the sender's; null if both are unknown.
    static @Nullable Total delivered(Summary.OfDirection direction) {
        return direction.received() != null ? direction.received() : direction.sent();
    }

    /// Returns lost datagrams as a fraction of all, 0..1; null if the loss is unknown.
    static @Nullable Double lostRatio(Summary.OfDirection direction) {
        Double percent = direction.lostPercent();
        return percent == null ? null : percent / PERCENT;
    }

    static double bytesPerSecond(Total total) {
        return total.bitsPerSecond() / BITS_PER_BYTE;
    }

    /// Returns the duration of the longest direction in seconds; 0 if none is known.
    static double seconds(Summary summary) {
        return summary.directions().stream()
                .flatMap(direction -> Stream.of(direction.sent(), direction.received()))
                .filter(Objects::nonNull)
                .mapToDouble(Total::seconds)
                .max()
                .orElse(0);
    }
}
