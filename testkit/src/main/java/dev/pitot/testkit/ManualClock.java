package dev.pitot.testkit;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until a test moves it. Any thread may read or move it.
public final class ManualClock implements NanoClock {
    private final AtomicLong nowNanos;

    /// A clock just below the largest `long`, so that code which compares moments instead of
    /// differences fails.
    public ManualClock() {
        this(Long.MAX_VALUE - 500);
    }

    public ManualClock(long startNanos) {
        nowNanos = new AtomicLong(startNanos);
    }

    @Override
    public long nanoTime() {
        return nowNanos.get();
    }

    /// Moves the clock forward.
    ///
    /// @throws IllegalArgumentException if `by` is negative: a monotonic clock does not go back
    public void advance(Duration by) {
        advanceNanos(by.toNanos());
    }

    /// Moves the clock forward; it may overflow, as the real one may.
    ///
    /// @throws IllegalArgumentException if `nanos` is negative: a monotonic clock does not go
    /// back
    public void advanceNanos(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos < 0: " + nanos);
        }
        nowNanos.addAndGet(nanos);
    }
}
