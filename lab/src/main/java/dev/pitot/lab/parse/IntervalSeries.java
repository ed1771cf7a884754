package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Series;
import java.util.List;
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

    /// The mean rate of the intervals that count, each weighted by its length, so that a last one of a few
    /// milliseconds says little; null if none does. It differs from the total, because the last bytes are
    /// only in that and printed times are rounded: neither is corrected by the other.
    public @Nullable Double meanBitsPerSecond() {
        double bits = 0;
        double seconds = 0;
        for (Point point : points) {
            Row.Amounts amounts = point.amounts();
            double length = point.endSeconds() - point.startSeconds();
            if (amounts != null && !point.isAbsurd() && length > 0) {
                bits += amounts.bitsPerSecond().value() * length;
                seconds += length;
            }
        }
        return seconds > 0 ? bits / seconds : null;
    }
}
