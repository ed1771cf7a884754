package dev.pitot.output.json;

import dev.pitot.model.result.Interval;
import dev.pitot.output.Lines;
import java.util.ArrayDeque;
import java.util.Deque;

/// The intervals that a document needs at the end of a test: at most 200,000 parts of streams,
/// which is two days of one stream reported each second, or some sixty megabytes. When they are
/// more the oldest go. Owned by one reporter.
final class KeptIntervals {
    private static final int MAX_PARTS = 200_000;

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

    /// Says how many have been let go, if any.
    void warnOfDropped(Lines warnings) {
        if (dropped > 0) {
            warnings.print("warning: the first " + dropped + " intervals are left out");
        }
    }

    void writeTo(CjsonWriter out) {
        out.beginArray();
        intervals.forEach(interval -> IntervalJson.write(out, interval));
        out.endArray();
    }
}
