package dev.pitot.lab.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When the lines of rows arrived, as their raw lines say; a row may be told some lines later.
/// The last 100 000 are kept. Used by one thread.
final class ArrivalTimes {
    private static final int MAX_LINES = 100_000;

    private final Map<Interval, String> times = new LinkedHashMap<>();

    private record Interval(double start, double end) {}

    /// Notes a raw line.
    void note(String line) {
        String time = line.length() > ReportLine.MAX_LINE_CHARACTERS ? "" : TimePrefix.of(line);
        ReportLine row = time.isEmpty() ? null : ReportLine.read(line);
        if (row != null && times.size() < MAX_LINES) {
            times.putIfAbsent(new Interval(row.start(), row.end()), time);
        }
    }

    /// When the first row of an interval arrived; null if its line did not say.
    @Nullable String of(double start, double end) {
        return times.get(new Interval(start, end));
    }

    void clear() {
        times.clear();
    }
}
