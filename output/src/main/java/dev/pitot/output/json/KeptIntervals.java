package dev.pitot.output.json;

import dev.pitot.model.result.Interval;
import dev.pitot.output.Lines;
import dev.pitot.output.ReportBudget;
import java.util.ArrayDeque;
import java.util.Deque;

/// The intervals that a document needs at the end of a test: at most 100,000 parts of streams,
/// which is more than a day of one stream reported each second, or 40 megabytes; and no more than
/// there is room for beside other tests. When they are more the oldest go. Owned by one
/// reporter, which takes nothing more once it is released.
final class KeptIntervals {
    private static final int MAX_PARTS = 100_000;

    /// Retained heap of a stream's part, as measured on a JVM of 64 bits with compressed references:
    /// 188 bytes with TCP's figures, 168 with UDP's.
    private static final long PART_BYTES = 190;

    /// Retained heap of an interval beside its parts, as measured: 172 bytes with TCP's sum, 232 with
    /// UDP's.
    private static final long INTERVAL_BYTES = 210;

    private final ReportBudget budget;
    private final Deque<Interval> intervals = new ArrayDeque<>();
    private int parts;
    private long heldBytes;
    private long leftOut;

    KeptIntervals(ReportBudget budget) {
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

    /// Lets all go: they have been written, or never will be.
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

    /// Says how many have been let go, if any.
    void warnOfDropped(Lines warnings) {
        if (leftOut > 0) {
            warnings.print("warning: the first " + leftOut + " intervals are left out");
        }
    }

    /// Writes the member `intervals`, and `intervals_left_out` if some are, which iperf does not
    /// know.
    void writeTo(CjsonWriter out) {
        writeLast(MAX_PARTS, out);
    }

    /// Writes as many of the newest as have so many parts of streams.
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
