package dev.pitot.metrics.prometheus;

import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a summary says of a direction as a whole.
final class FinalFigures {
    private static final double BITS_PER_BYTE = 8;
    private static final double PERCENT = 100;

    private FinalFigures() {}

    /// What arrived, or what was sent where the receiver has not told; null where nobody has.
    static @Nullable Total delivered(Summary.OfDirection direction) {
        return direction.received() != null ? direction.received() : direction.sent();
    }

    /// Lost datagrams by all, 0..1; null where the loss is unknown.
    static @Nullable Double lostRatio(Summary.OfDirection direction) {
        Double percent = direction.lostPercent();
        return percent == null ? null : percent / PERCENT;
    }

    static double bytesPerSecond(Total total) {
        return total.bitsPerSecond() / BITS_PER_BYTE;
    }

    /// How long the longest direction lasted; 0 if none is known.
    static double seconds(Summary summary) {
        return summary.directions().stream()
                .flatMap(direction -> Stream.of(direction.sent(), direction.received()))
                .filter(Objects::nonNull)
                .mapToDouble(Total::seconds)
                .max()
                .orElse(0);
    }
}
