package dev.pitot.testkit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits in a test for what other threads do, and leaves them the processor. Any thread that is not
/// interrupted.
public final class Awaiter {
    private static final long PAUSE_NANOS = 100_000;
    private static final int PAUSES = 300_000; // half a minute at least

    private Awaiter() {}

    /// Returns as soon as something is so.
    ///
    /// @throws AssertionError if it is not so after half a minute
    public static void await(BooleanSupplier isSo) {
        for (int i = 0; i < PAUSES; i++) {
            if (isSo.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("not so within half a minute");
    }
}
