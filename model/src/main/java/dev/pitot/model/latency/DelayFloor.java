package dev.pitot.model.latency;

import java.util.Arrays;

/// The smallest delay of each direction in each time slot: the points that a line below all delays can
/// touch. The slots get twice as long when the run is longer than all of them. Used by one thread.
final class DelayFloor {
    private static final int SLOTS = 1024;
    private static final long FIRST_NANOS = 1_000_000;

    private final long[] forwardAt = new long[SLOTS];
    private final long[] forward = new long[SLOTS];
    private final long[] reverseAt = new long[SLOTS];
    private final long[] reverse = new long[SLOTS];
    private long slotNanos = FIRST_NANOS;
    private long begin;
    private boolean isEmpty = true;

    DelayFloor() {
        Arrays.fill(forward, Long.MAX_VALUE);
        Arrays.fill(reverse, Long.MAX_VALUE);
    }

    void add(long sent, long forwardNanos, long returned, long reverseNanos) {
        if (isEmpty) {
            begin = sent;
            isEmpty = false;
        }
        while ((sent - begin) / slotNanos >= SLOTS) {
            merge();
        }
        int slot = (int) Math.max(0, (sent - begin) / slotNanos);
        if (forwardNanos < forward[slot]) {
            forward[slot] = forwardNanos;
            forwardAt[slot] = sent;
        }
        if (reverseNanos < reverse[slot]) {
            reverse[slot] = reverseNanos;
            reverseAt[slot] = returned;
        }
    }

    private void merge() {
        halve(forward, forwardAt);
        halve(reverse, reverseAt);
        slotNanos *= 2;
    }

    private static void halve(long[] delays, long[] times) {
        for (int i = 0; i < SLOTS / 2; i++) {
            int lower = delays[2 * i] <= delays[2 * i + 1] ? 2 * i : 2 * i + 1;
            delays[i] = delays[lower];
            times[i] = times[lower];
        }
        Arrays.fill(delays, SLOTS / 2, SLOTS, Long.MAX_VALUE);
    }

    /// Returns where the highest line of that slope below all delays of the forward direction is at a time.
    double forward(long at, double skew) {
        return lowest(forward, forwardAt, at, skew);
    }

    /// Returns the same for the reverse direction, whose slope is the opposite.
    double reverse(long at, double skew) {
        return lowest(reverse, reverseAt, at, -skew);
    }

    private static double lowest(long[] delays, long[] times, long at, double slope) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < SLOTS; i++) {
            if (delays[i] != Long.MAX_VALUE) {
                lowest = Math.min(lowest, delays[i] - slope * (times[i] - at));
            }
        }
        return lowest;
    }
}
