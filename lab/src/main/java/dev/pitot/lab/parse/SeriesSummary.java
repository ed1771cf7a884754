package dev.pitot.lab.parse;

import dev.pitot.lab.parse.IntervalSeries.Point;
import dev.pitot.lab.parse.Row.Amounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The figures of one series: the program's own total beside what its intervals say. They differ,
/// because the last bytes are only in the total and printed times are rounded (on a bad link by
/// some 1.3 %, apetools found): neither is corrected by the other.
///
/// @param total what the program says of the whole test, by its own count; the other end's
/// where it has none; null if there is no total
/// @param intervalBytes the bytes of all intervals that count, whose error is the sum of theirs;
/// null if none counts
/// @param bitsPerSecond of the intervals that count; null if none does
/// @param omissions intervals that do not count
public record SeriesSummary(
        @Nullable Row total,
        @Nullable RoundedValue intervalBytes,
        @Nullable Rates bitsPerSecond,
        Omissions omissions) {
    /// Rates of intervals, in bits per second. Each interval counts as one, however long it was.
    ///
    /// @param mean the arithmetic mean
    /// @param median the middle one; of an even number the mean of the middle two
    /// @param min the lowest
    /// @param max the highest
    public record Rates(double mean, double median, double min, double max) {}

    /// Intervals that do not count.
    ///
    /// @param gaps with a stream missing
    /// @param absurd with a rate above the maximum
    public record Omissions(long gaps, long absurd) {}

    static SeriesSummary of(IntervalSeries series) {
        var amounts = series.points().stream()
                .filter(Point::counts)
                .map(Point::amounts)
                .filter(Objects::nonNull)
                .toList();
        Row total = series.totals().isEmpty() ? null : series.totals().getFirst();
        var omissions = new Omissions(series.gaps(), series.absurd());
        if (amounts.isEmpty()) {
            return new SeriesSummary(total, null, null, omissions);
        }
        double bytes =
                amounts.stream().mapToDouble(each -> each.bytes().value()).sum();
        double error =
                amounts.stream().mapToDouble(each -> each.bytes().error()).sum();
        double[] rates = amounts.stream()
                .map(Amounts::bitsPerSecond)
                .mapToDouble(RoundedValue::value)
                .sorted()
                .toArray();
        return new SeriesSummary(total, new RoundedValue(bytes, error), rates(rates), omissions);
    }

    private static Rates rates(double[] sorted) {
        double sum = 0;
        for (double rate : sorted) {
            sum += rate;
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Rates(sum / sorted.length, median, sorted[0], sorted[sorted.length - 1]);
    }
}
