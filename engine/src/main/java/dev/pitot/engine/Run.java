package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.Announcer;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A client's test under way. Safe for any thread.
public final class Run implements AutoCloseable {
    /// How long [#await()] waits for listeners once the test is over.
    static final Duration LISTENER_PATIENCE = Duration.ofSeconds(5);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final ClientSession session;
    private final Announcer announcer;
    private final NanoClock clock;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    Run(ClientSession session, Announcer announcer, NanoClock clock) {
        this.session = session;
        this.clock = clock;
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
            MemoryShortage.report(e);
        }
    }

    /// Ends the test soon, with its partial results. Does nothing if it is over.
    ///
    /// @param reason for people, for example the name of a signal
    public void cancel(@Nullable String reason) {
        session.cancel(reason);
    }

    /// True if the test has ended.
    public boolean isDone() {
        return outcome.isDone();
    }

    /// The outcome as soon as there is one, whether or not listeners have heard of it. A copy:
    /// completing or cancelling it changes nothing here. It fails only if the engine itself did.
    public CompletableFuture<Outcome> outcome() {
        return outcome.copy();
    }

    /// Waits for the end of the test, and 5 s at most until all listeners have
    /// been told everything; not to be called by a listener, which would wait for itself.
    ///
    /// @throws IllegalStateException if the engine itself failed
    public Outcome await() throws InterruptedException {
        try {
            Outcome result = outcome.get();
            var _ = announcer.awaitDelivery(LISTENER_PATIENCE);
            return result;
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /// Waits as [#await()], but so long at most. The test goes on if that was not enough.
    ///
    /// @return null if the test has not ended by then
    /// @throws IllegalStateException if the engine itself failed
    public @Nullable Outcome await(Duration patience) throws InterruptedException {
        long start = clock.nanoTime();
        try {
            Outcome result = outcome.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
            Duration rest = patience.minusNanos(clock.nanoTime() - start);
            var _ = announcer.awaitDelivery(rest.compareTo(LISTENER_PATIENCE) < 0 ? rest : LISTENER_PATIENCE);
            return result;
        } catch (TimeoutException _) { // the answer is that there is none yet
            return null;
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(ExecutionException e) {
        return new IllegalStateException("the engine failed", e.getCause());
    }

    /// Waits until the listeners have been told everything, for as long as they take.
    public void awaitListeners() throws InterruptedException {
        announcer.awaitDelivery();
    }

    /// What was thrown beneath the ending, with its own causes: [Outcome#cause()]. Null before the
    /// end, and where the ending says it all.
    public @Nullable Throwable cause() {
        return session.cause();
    }

    /// How each listener gets on, in the order in which they were given.
    public List<Hearing> hearings() {
        return announcer.heard().stream().map(Hearing::new).toList();
    }

    /// What a listener threw, after which it was told nothing more; null if none did. Of several,
    /// the first.
    public @Nullable Throwable listenerFailure() {
        return announcer.failure();
    }

    /// Intervals and notes that slow listeners missed, added up.
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
