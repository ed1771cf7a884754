package dev.pitot.message.probe;

/// What a server has got of one peer's flood. The server's thread only.
final class FloodCounters {
    /// 262,144 numbers, 32 KiB: more than any reliable channel has on the way.
    private static final int WINDOW = 1 << 18;

    private final MessageSequenceTracker tracker = new MessageSequenceTracker(WINDOW);
    private long bytes;
    private long firstAt;
    private long lastAt;

    void take(long number, int length, long now) {
        if (messages() == 0) {
            firstAt = now;
        }
        lastAt = now;
        bytes += length;
        tracker.take(number);
    }

    long messages() {
        return tracker.distinct() + tracker.duplicates();
    }

    long bytes() {
        return bytes;
    }

    long outOfOrder() {
        return tracker.outOfOrder();
    }

    long duplicates() {
        return tracker.duplicates();
    }

    long nanos() {
        return lastAt - firstAt;
    }
}
