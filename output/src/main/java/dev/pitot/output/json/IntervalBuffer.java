package dev.pitot.output.json;

import dev.pitot.model.result.Interval;
import dev.pitot.output.Lines;
import dev.pitot.output.ReportBudget;
import java.util.ArrayDeque;
import java.util.Deque;

/// Buffer of the intervals that a document needs at the end of a test: at most 100,000 stream
/// intervals (more than a day of one stream reported each second, or 40 megabytes), and no more
/// than the shared budget allows. Beyond that the oldest are dropped. Owned by one reporter;
/// nothing is added after `release`.
final class IntervalBuffer {
    private static final int MAX_PARTS = 100_000;

    /// Retained heap of one stream's part of an interval, measured on a 64-bit JVM with compressed
    /// references: 188 bytes for TCP, 168 for UDP.
    private static final long PART_BYTES = 190;

    /// Retained heap of an interval without its stream parts, measured: 172 bytes with a TCP sum,
    /// 232 with a UDP sum.
    private static final long INTERVAL_BYTES = 210;

    private final ReportBudget budget;
    private final Deque<Interval> intervals = new ArrayDeque<>();
    private int parts;
    private long heldBytes;
    private long leftOut;

    IntervalBuffer(ReportBudget budget) {
        this.budget = budget;
    }

    void add(Interval interval) {
        int more = interval.streams().size();
        while (parts + more > MAX_PARTS || !budget.take(heldBytes, bytes(interval))) {
            leftOut++;
            if (intervals.isEmpty()) {
                return;
            }
            removeOldest();
        }
        intervals.addLast(interval);
        parts += more;
        heldBytes += bytes(interval);
    }

    /// Drops all intervals and returns their memory to the budget: they have been written, or never
    /// will be.
    void release() {
        while (!intervals.isEmpty()) {
            removeOldest();
        }
    }

    private void removeOldest() {
        Interval oldest = intervals.removeFirst();
        parts -= oldest.streams().size();
        heldBytes -= bytes(oldest);
        budget.giveBack(bytes(oldest));
    }

    private static long bytes(Interval interval) {
        return INTERVAL_BYTES + PART_BYTES * interval.streams().size();
    }

    /// Prints a warning with the number of dropped intervals, if any.
    void warnOfDropped(Lines warnings) {
        if (leftOut > 0) {
            warnings.print("warning: the first " + leftOut + " intervals are left out");
        }
    }

    /// Writes the member `intervals`, and `intervals_left_out` (not in iperf) if some were dropped.
    void writeTo(CjsonWriter out) {
        writeLast(MAX_PARTS, out);
    }

    /// Writes the newest intervals that together have at most `maxParts` stream parts.
    void writeLast(int maxParts, CjsonWriter out) {
        int surplus = parts - maxParts;
        long missing = leftOut;
        out.name("intervals").beginArray();
        for (Interval interval : intervals) {
            if (surplus > 0) {
                surplus -= interval.streams().size();
                missing++;
            } else {
                IntervalJson.write(out, interval);
            }
        }
        out.endArray();
        if (missing > 0) {
            out.member("intervals_left_out", missing);
        }
    }
}
