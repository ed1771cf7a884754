package dev.pitot.engine;

import dev.pitot.engine.event.Heard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one listener gets on with what it is told. Safe for any thread.
public final class Hearing {
    private final Heard heard;

    Hearing(Heard heard) {
        this.heard = heard;
    }

    /// Waits until the listener has been told everything, for as long as it takes; not to be
    /// called by the listener, which would wait for itself.
    public void await() throws InterruptedException {
        heard.awaitDelivery();
    }

    /// Waits so long at most.
    ///
    /// @return whether the listener has been told everything
    public boolean await(Duration patience) throws InterruptedException {
        return heard.awaitDelivery(patience);
    }

    /// Events that it missed because too many waited for it: of a test intervals and notes, of a
    /// server those of the server and of its tests that are over.
    public long droppedEvents() {
        return heard.dropped();
    }

    /// What it threw, after which it was told nothing more; null if nothing.
    public @Nullable Throwable failure() {
        return heard.failure();
    }
}
