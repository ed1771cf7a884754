package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Series;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The intervals of one stream, or of the sum of all streams of one direction, in the order of
/// their beginnings.
///
/// @param of whose they are
/// @param points the intervals
/// @param totals what the program says of the whole test: its own count first, then the other
/// end's
public record IntervalSeries(Series of, List<Point> points, List<Row> totals) {
    /// Copies the lists.
    public IntervalSeries {
        points = List.copyOf(points);
        totals = List.copyOf(totals);
    }

    /// One interval. It keeps the start and end that the program printed: a thread that reports
    /// late shifts nothing.
    ///
    /// @param startSeconds since the test began
    /// @param endSeconds since the test began
    /// @param amounts what was moved; null for a gap: a stream of this interval is missing, and
    /// what the others moved is not the sum
    /// @param details of the interval
    /// @param isAbsurd whether the rate is above the maximum, so that no figure counts it
    public record Point(
            double startSeconds,
            double endSeconds,
            Row.@Nullable Amounts amounts,
            Row.Details details,
            boolean isAbsurd) {
        /// Whether figures count this interval.
        public boolean counts() {
            return amounts != null && !isAbsurd;
        }
    }

    /// How many intervals are gaps.
    public long gaps() {
        return points.stream().filter(point -> point.amounts() == null).count();
    }

    /// The mean rate of the intervals that count, each as one, however long it was; null if none does.
    /// It differs from the total, because the last bytes are only in that and printed times are rounded
    /// (on a bad link by some 1.3 %, apetools found): neither is corrected by the other.
    public @Nullable Double meanBitsPerSecond() {
        OptionalDouble mean = points.stream()
                .filter(Point::counts)
                .map(Point::amounts)
                .filter(Objects::nonNull)
                .mapToDouble(amounts -> amounts.bitsPerSecond().value())
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
