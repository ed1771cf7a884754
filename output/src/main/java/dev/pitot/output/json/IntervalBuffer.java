package dev.pitot.output.json;

import dev.pitot.model.result.Interval;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.Lines;
import dev.pitot.output.ReportBudget;
import dev.pitot.output.format.RehearsalInterval;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Buffer of the intervals that a document needs at the end of a test: at most 100,000 stream
/// intervals (more than a day of one stream reported each second, or 40 megabytes), and no more
/// than the shared budget allows. Beyond that the TCP_INFO values of the oldest are dropped, then the
/// oldest themselves: iperf's part of a document lasts as long as without those values. Owned by one
/// reporter; nothing is added after `release`.
final class IntervalBuffer {
    private static final int MAX_PARTS = 100_000;

    /// Retained heap of one stream's part of an interval without TCP_INFO, measured on a 64-bit JVM with
    /// compressed references: 188 bytes for TCP, 168 for UDP.
    private static final long PART_BYTES = 190;

    /// Half of the text of one stream's TCP_INFO, which is more than the heap it retains; see
    /// [ReportBudget]. All fields of Linux 6.18 took 1120 characters after 8 GB, and some
    /// 560 bytes of heap by the layout of objects.
    private static final long KERNEL_BYTES = 700;

    /// Retained heap of an interval without its stream parts, measured: 172 bytes with a TCP sum,
    /// 232 with a UDP sum.
    private static final long INTERVAL_BYTES = 210;

    private final ReportBudget budget;
    private final Deque<Interval> older = new ArrayDeque<>(); // without TCP_INFO
    private final Deque<Interval> newer = new ArrayDeque<>();
    private int parts;
    private long heldBytes;
    private long leftOut;
    private long leftWithoutKernel;

    IntervalBuffer(ReportBudget budget) {
        this.budget = budget;
    }

    /// Adds an interval to another buffer, so that this loads nothing while data flows.
    static void rehearse(TestStart start) {
        new IntervalBuffer(ReportBudget.ofOneTest()).add(RehearsalInterval.of(start));
    }

    void add(Interval interval) {
        while (parts + interval.streams().size() > MAX_PARTS && hasAny()) {
            removeOldest();
        }
        Interval added = interval;
        while (!budget.take(heldBytes, bytes(added))) {
            if (!newer.isEmpty()) {
                shed();
            } else if (hasKernel(added)) {
                added = withoutKernel(added);
                leftWithoutKernel++;
            } else if (hasAny()) {
                removeOldest();
            } else {
                leftOut++;
                return;
            }
        }
        newer.addLast(added);
        parts += added.streams().size();
        heldBytes += bytes(added);
    }

    private boolean hasAny() {
        return !older.isEmpty() || !newer.isEmpty();
    }

    /// Moves the oldest of the newer intervals to the older ones, without its TCP_INFO values.
    private void shed() {
        Interval whole = newer.removeFirst();
        Interval rest = withoutKernel(whole);
        if (hasKernel(whole)) {
            leftWithoutKernel++;
        }
        long saved = bytes(whole) - bytes(rest);
        heldBytes -= saved;
        budget.giveBack(saved);
        older.addLast(rest);
    }

    /// Drops all intervals and returns their memory to the budget: they have been written, or never
    /// will be.
    void release() {
        older.clear();
        newer.clear();
        parts = 0;
        budget.giveBack(heldBytes);
        heldBytes = 0;
    }

    private void removeOldest() {
        Interval oldest = older.isEmpty() ? newer.removeFirst() : older.removeFirst();
        leftOut++;
        if (hasKernel(oldest)) {
            leftWithoutKernel++;
        }
        parts -= oldest.streams().size();
        heldBytes -= bytes(oldest);
        budget.giveBack(bytes(oldest));
    }

    private static long bytes(Interval interval) {
        long kernels = interval.streams().stream()
                .filter(part -> part.kernel() != null)
                .count();
        return INTERVAL_BYTES + PART_BYTES * interval.streams().size() + KERNEL_BYTES * kernels;
    }

    private static boolean hasKernel(Interval interval) {
        return interval.streams().stream().anyMatch(part -> part.kernel() != null);
    }

    private static Interval withoutKernel(Interval interval) {
        return new Interval(
                interval.streams().stream()
                        .map(part -> new Interval.OfStream(
                                part.stream(), part.span(), part.bytes(), part.tcp(), part.datagrams(), null))
                        .toList(),
                interval.sums(),
                interval.omitted());
    }

    /// Prints a warning with the number of dropped intervals, and one with the number of those without
    /// TCP_INFO, if any.
    void warnOfDropped(Lines warnings) {
        if (leftOut > 0) {
            warnings.print("warning: the first " + leftOut + " intervals are left out");
        }
        if (leftWithoutKernel > leftOut) {
            warnings.print("warning: the first " + leftWithoutKernel + " intervals are without tcp_info");
        }
    }

    /// Writes the member `intervals`, and `intervals_left_out` and `tcp_info_left_out` (not in iperf) if
    /// some were dropped.
    void writeTo(CjsonWriter out) {
        out.name("intervals").beginArray();
        older.forEach(interval -> IntervalJson.write(out, interval));
        newer.forEach(interval -> IntervalJson.write(out, interval));
        out.endArray();
        writeMissing(out, "intervals_left_out", leftOut);
        writeMissing(out, "tcp_info_left_out", leftWithoutKernel);
    }

    /// Writes the newest intervals that together have at most `maxParts` stream parts, without TCP_INFO: for a
    /// peer that limits the size of results.
    void writeLast(int maxParts, CjsonWriter out) {
        int surplus = parts - maxParts;
        long missing = leftOut;
        out.name("intervals").beginArray();
        for (Deque<Interval> part : List.of(older, newer)) {
            for (Interval interval : part) {
                if (surplus > 0) {
                    surplus -= interval.streams().size();
                    missing++;
                } else {
                    IntervalJson.write(out, withoutKernel(interval));
                }
            }
        }
        out.endArray();
        writeMissing(out, "intervals_left_out", missing);
    }

    private static void writeMissing(CjsonWriter out, String name, long count) {
        if (count > 0) {
            out.member(name, count);
        }
    }
}
