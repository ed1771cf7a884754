package dev.pitot.output.json;

import dev.pitot.model.result.Interval;
import java.util.ArrayDeque;
import java.util.Deque;

/// The intervals that a document needs at the end of a test: at most a million parts of streams, which is a
/// day of 11 streams reported each second, or some hundred megabytes. When they are more the oldest go. Owned
/// by one reporter.
final class KeptIntervals {
    private static final int MAX_PARTS = 1_000_000;

    private final Deque<Interval> intervals = new ArrayDeque<>();
    private int parts;
    private long dropped;

    void add(Interval interval) {
        intervals.addLast(interval);
        parts += interval.streams().size();
        while (parts > MAX_PARTS) {
            parts -= intervals.removeFirst().streams().size();
            dropped++;
        }
    }

    /// How many have been let go.
    long dropped() {
        return dropped;
    }

    void writeTo(CjsonWriter out) {
        out.beginArray();
        intervals.forEach(interval -> IntervalJson.write(out, interval));
        out.endArray();
    }
}
