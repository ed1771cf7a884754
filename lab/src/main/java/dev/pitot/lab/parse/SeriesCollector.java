package dev.pitot.lab.parse;

import dev.pitot.lab.parse.IntervalSeries.Point;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes series of intervals from the rows of one test: one for each stream, and the sum for each
/// direction. Used by one thread.
///
/// The sum of an interval is the program's own row, where there is one, else the addition of all
/// streams that the direction ever had. Where a stream is missing the interval is a gap: it is
/// not added up short, and nothing moves up into its place. (apetools took only the program's
/// sums, of which iperf 2 prints none when a thread is late, so that its series became shorter
/// and shifted.)
///
/// A rate above the maximum is absurd: iperf 2 sometimes prints such. It stays in the series, is
/// marked, and no figure counts it. apetools wrote 0 instead; but 0 says that nothing was moved
/// and drags every mean, and the raw line would have to be looked up to know what happened.
///
/// Intervals of the warm-up are left out. One collector is for one test: begin another after
/// [OutputEvent.Ended]. Kept are at most 500 000 rows, a day of five streams, of 1024 streams and
/// 4096 totals; further ones are counted only.
public final class SeriesCollector implements Consumer<OutputEvent> {
    private static final int MAX_ROWS = 500_000;
    private static final int MAX_TOTALS = 4096;
    private static final int MAX_STREAMS = 1024;

    /// Streams times intervals, as many points a series of gaps can have.
    private static final long MAX_POINTS = 4_000_000;

    /// How many intervals a thread may be late.
    private static final int LATEST = 64;

    private final double maximum;
    private final Map<Direction, DirectionIntervals> directions = new LinkedHashMap<>();
    private final List<Row> totals = new ArrayList<>();
    private int kept;
    private long dropped;

    private record Direction(@Nullable Boolean isSender) {}

    /// All intervals of one direction.
    private static final class DirectionIntervals {
        private final List<IntervalEntry> slots = new ArrayList<>();
        private final Set<Integer> streams = new LinkedHashSet<>();
    }

    /// One interval of one direction.
    private static final class IntervalEntry {
        private final double start;
        private final double end;
        private final Map<Integer, Row> streams = new LinkedHashMap<>(4);
        private @Nullable Row sum;

        private IntervalEntry(double start, double end) {
            this.start = start;
            this.end = end;
        }

        private boolean has(@Nullable Integer stream) {
            return stream == null ? sum != null : streams.containsKey(stream);
        }

        /// Whether a row is of this interval: they overlap by more than half of it.
        private boolean covers(Row row) {
            double overlap = Math.min(end, row.endSeconds()) - Math.max(start, row.startSeconds());
            return overlap > 0 && overlap * 2 > Math.max(end - start, row.endSeconds() - row.startSeconds());
        }
    }

    /// A collector that finds no rate absurd.
    public SeriesCollector() {
        this(Double.POSITIVE_INFINITY);
    }

    /// A collector with a limit.
    ///
    /// @param maximum in bits per second: higher rates are absurd
    public SeriesCollector(double maximum) {
        this.maximum = maximum;
    }

    @Override
    public void accept(OutputEvent event) {
        if (!(event instanceof Values(Row row)) || row.kind() == Kind.OMITTED) {
            return;
        }
        boolean isKept = kept < MAX_ROWS && (row.kind() == Kind.TOTAL ? total(row) : interval(row));
        if (isKept) {
            kept++;
        } else {
            dropped++;
        }
    }

    /// How many rows came after the limit.
    public long dropped() {
        return dropped;
    }

    /// The sum of each direction, in the order in which the directions came; of one stream, its
    /// own.
    public List<IntervalSeries> sums() {
        List<IntervalSeries> sums = new ArrayList<>();
        directions.forEach((direction, slots) -> {
            var points = slots.slots.stream().map(slot -> sum(slot, slots)).toList();
            sums.add(new IntervalSeries(new Series(null, direction.isSender()), points, sumTotals(direction)));
        });
        if (directions.isEmpty() && !totals.isEmpty()) { // without intervals, as iperf 2 by default
            totals.stream()
                    .filter(row -> row.series().isOwn())
                    .map(row -> new Direction(row.series().isSender()))
                    .distinct()
                    .forEach(each -> sums.add(
                            new IntervalSeries(new Series(null, each.isSender()), List.of(), sumTotals(each))));
        }
        return sums;
    }

    /// One interval of one series.
    public record Interval(Series of, Point point) {}

    /// All intervals in the order of their beginnings: each stream's, then the sum of a direction
    /// with several streams. A stream that is missing is left out; the sum is a gap then.
    public List<Interval> intervals() {
        List<Interval> all = new ArrayList<>();
        directions.forEach((direction, slots) -> {
            for (IntervalEntry slot : slots.slots) {
                slot.streams.forEach((stream, row) ->
                        all.add(new Interval(new Series(stream, direction.isSender()), point(slot, row))));
                if (slot.sum != null || slots.streams.size() > 1) {
                    all.add(new Interval(new Series(null, direction.isSender()), sum(slot, slots)));
                }
            }
        });
        all.sort(Comparator.comparingDouble(interval -> interval.point().startSeconds()));
        return all;
    }

    private boolean total(Row row) {
        return totals.size() < MAX_TOTALS && totals.add(row);
    }

    private boolean interval(Row row) {
        DirectionIntervals slots =
                directions.computeIfAbsent(new Direction(row.series().isSender()), _ -> new DirectionIntervals());
        Integer stream = row.series().stream();
        if ((slots.streams.size() + 1L) * (slots.slots.size() + 1L) > MAX_POINTS) {
            return false;
        }
        if (stream != null && !slots.streams.contains(stream)) {
            if (slots.streams.size() >= MAX_STREAMS) {
                return false;
            }
            slots.streams.add(stream);
        }
        IntervalEntry slot = slotOf(slots, row);
        if (stream == null) {
            slot.sum = row;
        } else {
            slot.streams.put(stream, row);
        }
        return true;
    }

    /// Looks backwards from the last interval, for threads are late by one or two.
    private static IntervalEntry slotOf(DirectionIntervals slots, Row row) {
        int earliest = Math.max(0, slots.slots.size() - LATEST);
        for (int i = slots.slots.size() - 1; i >= earliest; i--) {
            IntervalEntry slot = slots.slots.get(i);
            if (slot.covers(row) && !slot.has(row.series().stream())) {
                return slot;
            }
            if (slot.end <= row.startSeconds()) {
                break;
            }
        }
        int place = slots.slots.size();
        while (place > earliest && slots.slots.get(place - 1).start > row.startSeconds()) {
            place--;
        }
        var slot = new IntervalEntry(row.startSeconds(), row.endSeconds());
        slots.slots.add(place, slot);
        return slot;
    }

    private Point sum(IntervalEntry slot, DirectionIntervals slots) {
        if (slot.sum != null) {
            return point(slot, slot.sum);
        }
        boolean isWhole = slot.streams.size() == slots.streams.size();
        return point(slot, isWhole ? SummedRows.of(List.copyOf(slot.streams.values())) : null);
    }

    /// A gap if there is no row.
    private Point point(IntervalEntry slot, @Nullable Row row) {
        return row == null
                ? new Point(slot.start, slot.end, null, Row.Details.NONE, false)
                : new Point(
                        row.startSeconds(),
                        row.endSeconds(),
                        row.amounts(),
                        row.details(),
                        row.amounts().bitsPerSecond().value() > maximum);
    }

    private List<Row> sumTotals(Direction direction) {
        List<Row> sums = totalsOf(null, direction);
        if (!sums.isEmpty()) {
            return sums;
        }
        Set<Integer> streams = new LinkedHashSet<>();
        totals.forEach(row -> {
            if (row.series().stream() != null) {
                streams.add(row.series().stream());
            }
        });
        List<Row> own = streams.stream()
                .flatMap(stream -> totalsOf(stream, direction).stream())
                .filter(row -> row.series().isOwn())
                .toList();
        if (own.size() == 1) {
            return totalsOf(own.getFirst().series().stream(), direction);
        }
        return own.isEmpty() ? List.of() : List.of(SummedRows.of(own));
    }

    /// The totals of a stream in this direction, this end's count first. The other end's count of
    /// what this end sent is a receiver's.
    private List<Row> totalsOf(@Nullable Integer stream, Direction direction) {
        return totals.stream()
                .filter(row -> Objects.equals(row.series().stream(), stream) && isOf(direction, row.series()))
                .sorted((a, b) -> Boolean.compare(b.series().isOwn(), a.series().isOwn()))
                .toList();
    }

    private static boolean isOf(Direction direction, Series series) {
        Boolean count = series.isSender();
        if (direction.isSender() == null || count == null) {
            return true;
        }
        return series.isOwn() == direction.isSender().equals(count);
    }
}
