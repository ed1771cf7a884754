package dev.pitot.engine;

import dev.pitot.engine.event.Heard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Delivery status of one listener. Safe for any thread.
public final class Hearing {
    private final Heard heard;

    Hearing(Heard heard) {
        this.heard = heard;
    }

    /// Waits without a timeout until the listener has received all events. Must not be called by the
    /// listener, which would wait for itself.
    public void await() throws InterruptedException {
        heard.awaitDelivery();
    }

    /// Waits until the listener has received all events, or until the timeout.
    ///
    /// @return true if the listener has received all events
    public boolean await(Duration patience) throws InterruptedException {
        return heard.awaitDelivery(patience);
    }

    /// Number of events dropped because too many were queued for the listener: of a test, intervals and
    /// notes; of a server, its own events and those of its finished tests.
    public long droppedEvents() {
        return heard.dropped();
    }

    /// Exception that the listener threw, after which it received no more events; null if none.
    public @Nullable Throwable failure() {
        return heard.failure();
    }
}
