package dev.pitot.output.json;

import dev.pitot.model.result.Interval;
import dev.pitot.output.Lines;
import java.util.ArrayDeque;
import java.util.Deque;

/// The intervals that a document needs at the end of a test: at most 100,000 parts of streams,
/// which is a day of one stream reported each second, or some thirty megabytes, and as much again
/// as text. When they are more the oldest go. Owned by one reporter.
final class KeptIntervals {
    private static final int MAX_PARTS = 100_000;

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
        writeLast(MAX_PARTS, out);
    }

    /// Writes as many of the newest as have so many parts of streams.
    void writeLast(int maxParts, CjsonWriter out) {
        int surplus = parts - maxParts;
        out.beginArray();
        for (Interval interval : intervals) {
            if (surplus > 0) {
                surplus -= interval.streams().size();
            } else {
                IntervalJson.write(out, interval);
            }
        }
        out.endArray();
    }
}
