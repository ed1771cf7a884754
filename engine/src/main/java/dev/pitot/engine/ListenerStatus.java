package dev.pitot.engine;

import dev.pitot.engine.event.DeliveryStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Delivery status of one listener. Safe for any thread.
public final class ListenerStatus {
    private final DeliveryStatus deliveryStatus;

    ListenerStatus(DeliveryStatus deliveryStatus) {
        this.deliveryStatus = deliveryStatus;
    }

    /// Waits without a timeout until the listener has received all events. Must not be called by the
    /// listener, which would wait for itself.
    public void await() throws InterruptedException {
        deliveryStatus.awaitDelivery();
    }

    /// Waits until the listener has received all events, or until the timeout.
    ///
    /// @return true if the listener has received all events
    public boolean await(Duration timeout) throws InterruptedException {
        return deliveryStatus.awaitDelivery(timeout);
    }

    /// Number of events dropped because too many were queued for the listener: of a test, intervals and
    /// notes; of a server, its own events and those of its finished tests.
    public long droppedEvents() {
        return deliveryStatus.dropped();
    }

    /// Exception that the listener threw, after which it received no more events; null if none.
    public @Nullable Throwable failure() {
        return deliveryStatus.failure();
    }
}
