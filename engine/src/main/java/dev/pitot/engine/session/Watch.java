package dev.pitot.engine.session;

import org.jspecify.annotations.Nullable;

/// Looks after a running test from time to time. Belongs to the session's thread.
public interface Watch {
    /// The test starts now.
    void start(long nowNanos);

    /// How long it may take until the next question; `Long.MAX_VALUE` if there is nothing to ask.
    long nanosBetweenLooks();

    /// What has happened, or null if all is well.
    @Nullable Event look(long nowNanos);
}
