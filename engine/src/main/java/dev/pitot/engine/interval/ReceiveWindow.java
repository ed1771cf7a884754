package dev.pitot.engine.interval;

import java.util.concurrent.TimeUnit;

/// Time in which the data of one direction arrived, in nanoseconds of the local clock.
///
/// A receiver's clock starts before the first byte can arrive; how long before depends on the path and on
/// the load of the two hosts. If the sender has reported how long it sent, the receiver's time is
/// therefore the time between its first and last byte, but not less than the sender's: no path delivers
/// data in less time than it was sent in, so a short gap between the last byte and the end of the
/// sender's time, which every paced sender has, belongs to the test.
///
/// @param firstNanos arrival of the first data
/// @param lastNanos arrival of the last data
/// @param endNanos when this end was notified of the end of the test, or decided it
/// @param sentNanos duration of sending by the other end's clock; 0 where unknown
public record ReceiveWindow(long firstNanos, long lastNanos, long endNanos, long sentNanos) {
    /// Time that may pass on a busy host between the start message, with which the other end's clock
    /// starts, and the start of the local clock.
    private static final long LATE_START_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// Returns the window of an end that knows only when it stopped.
    static ReceiveWindow until(long endNanos) {
        return new ReceiveWindow(endNanos, endNanos, endNanos, 0);
    }

    /// Returns the time in which data arrived since counting began.
    ///
    /// @param baseNanos start of counting
    long nanosSince(long baseNanos) {
        long whole = later(lastNanos, endNanos) - baseNanos;
        if (sentNanos == 0) {
            return whole;
        }
        return Math.min(whole + LATE_START_NANOS, Math.max(sentNanos, lastNanos - later(firstNanos, baseNanos)));
    }

    /// Returns the duration of a receiver whose clock may have started late, as on a busy host: not less
    /// than the sender's, within plausible bounds.
    ///
    /// @param receivedNanos by the receiver's clock
    /// @param sentNanos by the sender's clock; may come from a hostile peer
    public static long atLeast(long receivedNanos, long sentNanos) {
        return Math.min(receivedNanos + LATE_START_NANOS, Math.max(receivedNanos, sentNanos));
    }

    /// End of the last interval; the time after it is waiting.
    long intervalEnd(long baseNanos) {
        return later(lastNanos, baseNanos + nanosSince(baseNanos));
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
