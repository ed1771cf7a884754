package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells iperf 2's totals from its intervals, which look alike.
///
/// A row that does not begin at 0 is an interval. One that does is a series' first interval or
/// its total. The series' second row from 0 is the total. Of the first it is known only when
/// the next row comes, or at once if the interval's length is known: from what was given, or
/// from earlier rows. Until then it is held back. (apetools compared with a given interval
/// only, so that a wrong one left the series empty.) Used by one thread.
final class TotalDetector {
    /// As apetools' `tolerance`.
    private static final double TOLERANCE_SECONDS = 0.1;

    private static final int MAX_PENDING = 1024;
    private static final int MAX_SERIES = 4096;

    private final Consumer<Row> rows;
    private final List<PendingRow> held = new ArrayList<>();
    private final Map<String, Row> only = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private @Nullable Double interval;
    private boolean hasTotal;

    private record PendingRow(String series, Row row) {}

    /// @param intervalSeconds the length of an interval; null if it is to be found
    /// @param rows gets each row with its kind
    TotalDetector(@Nullable Double intervalSeconds, Consumer<Row> rows) {
        this.interval = intervalSeconds;
        this.rows = rows;
    }

    /// A row of unknown kind.
    ///
    /// @param series tells the series apart
    void row(String series, Row row) {
        if (row.startSeconds() > 0) {
            learn(
                    held.isEmpty()
                            ? row.endSeconds() - row.startSeconds()
                            : held.getFirst().row().endSeconds());
            begin(series);
            emit(row, Kind.INTERVAL);
        } else if (begun.contains(series)) {
            only.remove(series);
            emit(row, Kind.TOTAL);
        } else if (held.stream().anyMatch(h -> h.series().equals(series))) {
            learn(held.getFirst().row().endSeconds());
            begin(series);
            emit(row, Kind.TOTAL);
        } else if (interval != null) {
            first(series, row);
        } else {
            held.add(new PendingRow(series, row));
            if (held.size() > MAX_PENDING) {
                release();
            }
        }
    }

    /// A row that is known to be a total.
    void total(Row row) {
        release();
        emit(row, Kind.TOTAL);
    }

    /// A new test begins on the same output: its first rows may begin at 0 again.
    void connected() {
        if (hasTotal || !held.isEmpty()) {
            release();
            begun.clear();
            only.clear();
            hasTotal = false;
        }
    }

    /// What is held is told.
    void release() {
        held.forEach(h -> first(h.series(), h.row()));
        held.clear();
    }

    /// No more rows come: what is held were totals. So was the only row of each series, as long as
    /// an interval by chance.
    void end() {
        release();
        if (!hasTotal && only.size() == begun.size()) {
            only.values().forEach(row -> emit(row, Kind.TOTAL));
        }
        only.clear();
    }

    private void first(String series, Row row) {
        begin(series);
        Kind kind = kindByLength(row);
        if (kind == Kind.INTERVAL) {
            only.put(series, row);
        }
        emit(row, kind);
    }

    private void learn(double seconds) {
        if (interval == null) {
            interval = seconds;
        }
        release();
    }

    private void begin(String series) {
        if (begun.size() >= MAX_SERIES) {
            begun.clear();
        }
        begun.add(series);
        only.remove(series);
    }

    private Kind kindByLength(Row row) {
        double length = row.endSeconds() - row.startSeconds();
        return interval != null && Math.abs(length - interval) < Math.min(TOLERANCE_SECONDS, interval / 2)
                ? Kind.INTERVAL
                : Kind.TOTAL;
    }

    private void emit(Row row, Kind kind) {
        hasTotal |= kind == Kind.TOTAL;
        rows.accept(new Row(kind, row.series(), row.startSeconds(), row.endSeconds(), row.amounts(), row.details()));
    }
}
