package dev.pitot.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits in a test for what other threads do, and leaves them the processor. Any thread.
public final class Awaiter {
    private static final long PAUSE_NANOS = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Awaiter() {}

    /// Returns as soon as something is so, whether the thread is interrupted or not.
    ///
    /// @throws AssertionError if it is not so within half a minute
    public static void await(BooleanSupplier isSo) {
        long begin = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new AssertionError("not so within " + LONGEST.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
