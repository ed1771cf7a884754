package dev.pitot.engine.interval;

import java.util.concurrent.TimeUnit;

/// The time in which the data of one direction arrived, in nanoseconds of this end's clock.
///
/// A receiver's clock starts before the first byte can have come, and by how much depends on the path and on
/// how busy the two machines are. Where the sender has told how long it sent, the receiver's time is
/// therefore what lies between its first and its last byte, but no less than the sender took: no path
/// delivers data in less time than they were sent, so that a short gap between the last byte and the
/// end of the sender's time, which every paced sender has, belongs to the test.
///
/// @param firstNanos when the first data came
/// @param lastNanos when the last data came
/// @param endNanos when this end heard of the end of the test, or decided it
/// @param sentNanos how long the other end sent, by its own clock; 0 where that is unknown
public record ReceiveWindow(long firstNanos, long lastNanos, long endNanos, long sentNanos) {
    /// What may pass on a busy machine between the word to start, with which the other end's clock
    /// begins, and the start of this end's.
    private static final long LATE_START_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// A window of an end that knows only when it stopped.
    static ReceiveWindow until(long endNanos) {
        return new ReceiveWindow(endNanos, endNanos, endNanos, 0);
    }

    /// How long data arrived since counting began.
    ///
    /// @param baseNanos when that was
    long nanosSince(long baseNanos) {
        long whole = later(lastNanos, endNanos) - baseNanos;
        if (sentNanos == 0) {
            return whole;
        }
        return Math.min(whole + LATE_START_NANOS, Math.max(sentNanos, lastNanos - later(firstNanos, baseNanos)));
    }

    /// How long a receiver took whose own clock may have started late, as on a busy machine: no less than
    /// the sender, as far as that can be true.
    ///
    /// @param receivedNanos by the receiver's clock
    /// @param sentNanos by the sender's, or what a hostile peer says
    public static long atLeast(long receivedNanos, long sentNanos) {
        return Math.min(receivedNanos + LATE_START_NANOS, Math.max(receivedNanos, sentNanos));
    }

    /// When the last interval ends: what comes after that is waiting.
    long intervalEnd(long baseNanos) {
        return later(lastNanos, baseNanos + nanosSince(baseNanos));
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
