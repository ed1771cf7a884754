package dev.pitot.testkit;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Clock that advances only when a test moves it. Thread-safe.
public final class ManualClock implements NanoClock {
    private final AtomicLong nowNanos;

    /// Creates a clock just below the largest `long`, so that code that compares times instead of
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

    /// Moves the clock forward; it may overflow, like the real one.
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
