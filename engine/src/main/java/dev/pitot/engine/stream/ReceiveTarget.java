package dev.pitot.engine.stream;

import java.util.concurrent.atomic.AtomicLong;

/// Number of bytes that the receivers of one direction have to receive in total (`-n`, `-k`). Calls back
/// once when it is reached. Inactive until it is armed: warm-up does not count.
public final class ReceiveTarget {
    private final AtomicLong left = new AtomicLong();
    private final Runnable onReached;
    private volatile boolean armed;

    /// @param onReached called once, on the thread of the stream that received the last byte;
    ///     must not block
    public ReceiveTarget(Runnable onReached) {
        this.onReached = onReached;
    }

    /// Sets the number of bytes still to receive. Called once, by the session.
    public void arm(long bytes) {
        left.set(bytes);
        armed = true;
    }

    /// Treats the goal as reached, because the missing bytes will not arrive. Any thread.
    public void giveUp() {
        if (armed && left.getAndSet(0) > 0) {
            onReached.run();
        }
    }

    /// Counts received bytes.
    public void onBytes(long count) {
        if (armed) {
            long before = left.getAndAdd(-count);
            if (before > 0 && before <= count) {
                onReached.run();
            }
        }
    }
}
