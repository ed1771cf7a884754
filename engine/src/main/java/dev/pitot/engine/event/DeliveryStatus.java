package dev.pitot.engine.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Delivery status of one listener. Any thread may call it.
public interface DeliveryStatus {
    /// Waits without a timeout until the listener has received all events.
    void awaitDelivery() throws InterruptedException;

    /// Waits until the listener has received all events, or until the timeout.
    ///
    /// @return false after a timeout
    boolean awaitDelivery(Duration timeout) throws InterruptedException;

    /// Number of events dropped because the listener was too slow.
    long dropped();

    /// Exception that the listener threw, after which it received no more events; null if none.
    @Nullable Throwable failure();
}
