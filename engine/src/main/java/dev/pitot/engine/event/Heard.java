package dev.pitot.engine.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What has reached one listener. Any thread may ask.
public interface Heard {
    /// Waits until the listener has been told everything, for as long as it takes.
    void awaitDelivery() throws InterruptedException;

    /// Waits so long at most.
    ///
    /// @return false if the patience ended first
    boolean awaitDelivery(Duration patience) throws InterruptedException;

    /// Events that it was too slow for.
    long dropped();

    /// What it threw, after which it is told nothing more; null if nothing.
    @Nullable Throwable failure();
}
