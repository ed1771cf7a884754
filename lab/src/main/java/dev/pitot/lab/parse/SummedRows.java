package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Amounts;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Series;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sums of streams where the program prints none, as iperf 2.1 in comma-separated lines.
public final class SummedRows {
    private SummedRows() {}

    /// All streams together, from the first beginning to the last end. A detail that one of them
    /// does not tell is not told: a part would look like the whole.
    ///
    /// @param streams at least one
    public static Row of(List<Row> streams) {
        Row first = streams.getFirst();
        return new Row(
                first.kind(),
                new Series(null, first.series().isSender()),
                streams.stream().mapToDouble(Row::startSeconds).min().orElseThrow(),
                streams.stream().mapToDouble(Row::endSeconds).max().orElseThrow(),
                new Amounts(
                        sum(streams, row -> row.amounts().bytes()),
                        sum(streams, row -> row.amounts().bitsPerSecond())),
                new Details(
                        count(streams, Details::retransmits),
                        count(streams, Details::datagrams),
                        count(streams, Details::lost),
                        count(streams, Details::outOfOrder),
                        meanJitter(streams),
                        first.details().roundTrips()));
    }

    private static RoundedValue sum(List<Row> streams, Function<Row, RoundedValue> figure) {
        return streams.stream()
                .map(figure)
                .reduce(
                        RoundedValue.exact(0),
                        (a, b) -> new RoundedValue(a.value() + b.value(), a.error() + b.error()));
    }

    private static @Nullable Long count(List<Row> streams, Function<Details, @Nullable Long> figure) {
        long sum = 0;
        for (Row row : streams) {
            Long value = figure.apply(row.details());
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return sum;
    }

    /// iperf3's sum of jitter is the mean over the streams (iperf_api.c: iperf_print_results).
    private static @Nullable Double meanJitter(List<Row> streams) {
        double sum = 0;
        for (Row row : streams) {
            Double jitter = row.details().jitterMillis();
            if (jitter == null) {
                return null;
            }
            sum += jitter;
        }
        return sum / streams.size();
    }
}
