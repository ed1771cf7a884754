package dev.pitot.engine.stream;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes the receivers of one direction want together (`-n`, `-k`). Tells once when
/// they have them. Wants nothing until it is armed: warm-up does not count.
public final class Goal {
    private final AtomicLong left = new AtomicLong();
    private final Runnable onReached;
    private volatile boolean armed;

    /// @param onReached called once, on the thread of the stream that received the last byte;
    ///     must not block
    public Goal(Runnable onReached) {
        this.onReached = onReached;
    }

    /// From now on `bytes` are wanted. Called once, by the session.
    public void arm(long bytes) {
        left.set(bytes);
        armed = true;
    }

    /// What is missing will not come any more. Any thread.
    public void giveUp() {
        if (armed && left.getAndSet(0) > 0) {
            onReached.run();
        }
    }

    /// Counts bytes that arrived.
    public void onBytes(long count) {
        if (armed) {
            long before = left.getAndAdd(-count);
            if (before > 0 && before <= count) {
                onReached.run();
            }
        }
    }
}
