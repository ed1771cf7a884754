package dev.pitot.engine.session;

import org.jspecify.annotations.Nullable;

/// Watchdog of a running test, which is checked periodically. Belongs to the session's thread.
public interface Watchdog {
    /// Starts the watchdog at the start of the test.
    void start(long nowNanos);

    /// Longest time until the next check; `Long.MAX_VALUE` if there is nothing to check.
    long nanosBetweenLooks();

    /// Checks the test and returns an event, or null if there is none.
    @Nullable Event look(long nowNanos);
}
