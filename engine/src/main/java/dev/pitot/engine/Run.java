package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.Announcer;
import dev.pitot.model.result.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A client's test under way. Safe for any thread.
public final class Run implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final ClientSession session;
    private final Announcer announcer;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    Run(ClientSession session, Announcer announcer) {
        this.session = session;
        this.announcer = announcer;
        // A platform thread: it waits in foreign calls, which would pin the carrier of a virtual
        // one.
        thread = Thread.ofPlatform().name("pitot-client").daemon().start(this::carryOut);
    }

    private void carryOut() {
        try {
            outcome.complete(session.run());
        } catch (RuntimeException | Error e) { // whoever waits must learn of it, whatever it is
            outcome.completeExceptionally(e);
        }
    }

    /// Ends the test soon, with its partial results. Does nothing if it is over.
    ///
    /// @param reason for people, for example the name of a signal
    public void cancel(@Nullable String reason) {
        session.cancel(reason);
    }

    public boolean isDone() {
        return outcome.isDone();
    }

    /// Waits for the end of the test, and until the listener has been told everything; not to be
    /// called by the listener itself, which would wait for itself.
    ///
    /// @throws IllegalStateException if the engine itself failed
    public Outcome await() throws InterruptedException {
        try {
            Outcome result = outcome.get();
            announcer.awaitDelivery();
            return result;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine failed", e.getCause());
        }
    }

    /// What the listener threw, after which it was told nothing more; null if nothing.
    public @Nullable Throwable listenerFailure() {
        return announcer.failure();
    }

    /// Intervals and notes that a slow listener missed.
    public long droppedEvents() {
        return announcer.dropped();
    }

    /// Cancels the test if it still runs; its sockets and threads are free when this returns.
    @Override
    public void close() {
        if (!isDone()) {
            cancel(null);
        }
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException _) { // told to the caller
            Thread.currentThread().interrupt();
        }
    }
}
