package dev.pitot.lab.results;

import dev.pitot.lab.parse.IntervalSeries.Point;
import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.SeriesCollector;
import dev.pitot.lab.parse.SeriesCollector.Interval;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The parsed series of one end as lines.
///
/// Detailed it has
/// `time,start,end,stream,sender,bytes,bits_per_second,retransmits,datagrams,lost,out_of_order,`
/// `jitter_ms,exact,note`, a line for each stream and for the sum of several. A sum without figures
/// is noted as a `gap`: a stream is missing. An `absurd` rate is too high to be true. As apetools
/// has it, a line is `timestamp,Mbits` of the sum or of the one stream, empty for both of these.
///
/// The time is that of the interval's start: when the measuring began by this machine's clock,
/// and the start that the program prints added to it. Figures have all their digits; the column
/// `exact` says whether the program gave bytes and rate without rounding.
///
/// @param form which columns
/// @param side whose file it is
/// @param stamp how moments are written
record SeriesLine(SeriesFormat form, TestEnd side, TimestampFormat stamp) {
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /// Writes all intervals behind a heading; nothing if there are none.
    ///
    /// @param began when the measuring did
    void write(SeriesCollector collector, Instant began, Consumer<String> lines) {
        boolean isDetailed = form == SeriesFormat.DETAILED;
        List<Interval> intervals = isDetailed ? collector.intervals() : sums(collector);
        if (intervals.isEmpty()) {
            return;
        }
        lines.accept(
                isDetailed
                        ? "time,start,end,stream,sender,bytes,bits_per_second,"
                                + "retransmits,datagrams,lost,out_of_order,jitter_ms,exact,note"
                        : "timestamp,Mbits");
        for (Interval each : intervals) {
            long nanos = Math.round(each.point().startSeconds() * NANOS_PER_SECOND);
            String time = stamp.line(began.plus(Duration.ofNanos(nanos)));
            lines.accept(isDetailed ? detailed(each, time) : time + "," + megabits(each.point()));
        }
    }

    private List<Interval> sums(SeriesCollector collector) {
        return collector.sums().stream()
                .filter(series -> series.of().isSender() == null || series.of().isSender() == (side == TestEnd.SENDER))
                .flatMap(series -> series.points().stream().map(point -> new Interval(series.of(), point)))
                .toList();
    }

    private static String megabits(Point point) {
        Row.Amounts amounts = point.counts() ? point.amounts() : null;
        return amounts == null ? "" : ResultFields.csv(amounts.bitsPerSecond().value() / BITS_PER_MEGABIT);
    }

    private static String detailed(Interval interval, String time) {
        Point point = interval.point();
        Row.Details details = point.details();
        Row.Amounts amounts = point.amounts();
        RoundedValue bytes = amounts == null ? null : amounts.bytes();
        RoundedValue rate = amounts == null ? null : amounts.bitsPerSecond();
        Integer stream = interval.of().stream();
        return CsvLine.of(Arrays.asList(
                time,
                point.startSeconds(),
                point.endSeconds(),
                stream == null ? "sum" : stream,
                interval.of().isSender(),
                bytes == null ? null : (Double) bytes.value(),
                rate == null ? null : (Double) rate.value(),
                details.retransmits(),
                details.datagrams(),
                details.lost(),
                details.outOfOrder(),
                details.jitterMillis(),
                (bytes == null || rate == null) ? null : (Boolean) (bytes.error() == 0 && rate.error() == 0),
                amounts == null ? "gap" : (point.isAbsurd() ? "absurd" : null)));
    }
}
