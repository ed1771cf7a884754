package dev.pitot.lab.store;

import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.model.config.TestConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One interval as a line of a parsed series.
///
/// The time is that of the interval's start: when the measuring began by this machine's clock,
/// and the start that the program prints added to it. Figures have all their digits; the last
/// column says whether the program gave bytes and rate without rounding.
///
/// @param form which columns
/// @param side whose file it is
/// @param isSummed whether there are several streams
/// @param stamp how moments are written
record SeriesLine(SeriesForm form, Side side, boolean isSummed, Stamp stamp) {
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    static SeriesLine of(SeriesForm form, Side side, TestCase test, Stamp stamp) {
        TestConfig config = test.what().settings().config().test();
        return new SeriesLine(form, side, config.streams().parallel() > 1, stamp);
    }

    String header() {
        return switch (form) {
            case DETAILED ->
                "time,start,end,stream,sender,bytes,bits_per_second,"
                        + "retransmits,datagrams,lost,out_of_order,jitter_ms,exact";
            case APETOOLS -> "timestamp,Mbits";
        };
    }

    /// Null if the row does not belong into the series: totals are told elsewhere, and a warm-up
    /// is not counted.
    ///
    /// @param began when the measuring did
    @Nullable String of(Row row, Instant began) {
        if (row.kind() != Row.Kind.INTERVAL) {
            return null;
        }
        String time = stamp.line(began.plus(Duration.ofNanos(Math.round(row.startSeconds() * NANOS_PER_SECOND))));
        return switch (form) {
            case DETAILED -> detailed(row, time);
            case APETOOLS -> isTheSeries(row) ? time + "," + megabits(row) : null;
        };
    }

    private boolean isTheSeries(Row row) {
        boolean isOther = row.series().isSender() != null && row.series().isSender() != (side == Side.SENDER);
        return !isOther && isSummed == (row.series().stream() == null);
    }

    private static String megabits(Row row) {
        return ResultFields.csv(row.amounts().bitsPerSecond().value() / BITS_PER_MEGABIT);
    }

    private static String detailed(Row row, String time) {
        Row.Details details = row.details();
        Row.Amounts amounts = row.amounts();
        Integer stream = row.series().stream();
        return CsvLine.of(Arrays.asList(
                time,
                ResultFields.csv(row.startSeconds()),
                ResultFields.csv(row.endSeconds()),
                stream == null ? "sum" : stream,
                row.series().isSender(),
                ResultFields.csv(amounts.bytes().value()),
                ResultFields.csv(amounts.bitsPerSecond().value()),
                details.retransmits(),
                details.datagrams(),
                details.lost(),
                details.outOfOrder(),
                ResultFields.csv(details.jitterMillis()),
                amounts.bytes().error() == 0 && amounts.bitsPerSecond().error() == 0));
    }
}
