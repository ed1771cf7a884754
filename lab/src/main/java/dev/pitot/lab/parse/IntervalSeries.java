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

    /// How many intervals are absurd.
    public long absurd() {
        return points.stream().filter(Point::isAbsurd).count();
    }

    /// What the series says, in figures.
    public SeriesSummary summary() {
        return SeriesSummary.of(this);
    }
}
