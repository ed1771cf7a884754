package dev.pitot.message.probe;

import java.time.Duration;

/// Counters of one peer's flood at the server. The server's thread only.
final class FloodCounters {
    /// 262,144 numbers, 32 KiB: more than any reliable channel has on the way.
    private static final int WINDOW = 1 << 18;

    private final MessageSequenceTracker tracker = new MessageSequenceTracker(WINDOW);
    private long bytes;
    private long firstAt;
    private long lastAt;

    void take(long number, int length, long now) {
        if (bytes == 0) {
            firstAt = now;
        }
        lastAt = now;
        bytes += length;
        tracker.take(number);
    }

    FloodResult.Received received() {
        return new FloodResult.Received(
                tracker.distinct() + tracker.duplicates(),
                bytes,
                tracker.outOfOrder(),
                tracker.duplicates(),
                Duration.ofNanos(lastAt - firstAt));
    }
}
