package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.EventDispatcher;
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

/// Running test of a client. Safe for any thread.
public final class ClientRun implements AutoCloseable {
    /// Time that [#await()] waits for listeners after the end of the test.
    static final Duration LISTENER_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final ClientSession session;
    private final EventDispatcher eventDispatcher;
    private final NanoClock clock;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    ClientRun(ClientSession session, EventDispatcher eventDispatcher, NanoClock clock) {
        this.session = session;
        this.clock = clock;
        this.eventDispatcher = eventDispatcher;
        // A platform thread: it waits in foreign calls, which would pin the carrier of a virtual thread.
        thread = Thread.ofPlatform().name("pitot-client").daemon().start(this::carryOut);
    }

    private void carryOut() {
        try {
            outcome.complete(session.run());
        } catch (RuntimeException | Error e) { // any failure must reach the code that waits for the outcome
            outcome.completeExceptionally(e);
            MemoryShortage.report(e);
        }
    }

    /// Ends the test soon, with partial results. Does nothing if the test is over.
    ///
    /// @param reason text for the report, for example the name of a signal
    public void cancel(@Nullable String reason) {
        session.cancel(reason);
    }

    /// True if the test has ended.
    public boolean isDone() {
        return outcome.isDone();
    }

    /// Outcome as soon as there is one, even if listeners have not received all events. A copy:
    /// completing or cancelling it has no effect here. Fails only if the engine itself failed.
    public CompletableFuture<Outcome> outcome() {
        return outcome.copy();
    }

    /// Waits for the end of the test, and then up to [#LISTENER_TIMEOUT] until all listeners have
    /// received all events. Must not be called by a listener, which would wait for itself.
    ///
    /// @throws IllegalStateException if the engine itself failed
    public Outcome await() throws InterruptedException {
        try {
            Outcome result = outcome.get();
            var _ = eventDispatcher.awaitDelivery(LISTENER_TIMEOUT);
            return result;
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /// Waits like [#await()], with a timeout. The test continues after a timeout.
    ///
    /// @return null if the test has not ended by then
    /// @throws IllegalStateException if the engine itself failed
    public @Nullable Outcome await(Duration timeout) throws InterruptedException {
        long start = clock.nanoTime();
        try {
            Outcome result = outcome.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            Duration rest = timeout.minusNanos(clock.nanoTime() - start);
            var _ = eventDispatcher.awaitDelivery(rest.compareTo(LISTENER_TIMEOUT) < 0 ? rest : LISTENER_TIMEOUT);
            return result;
        } catch (TimeoutException _) { // the result says so
            return null;
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(ExecutionException e) {
        return new IllegalStateException("the engine failed", e.getCause());
    }

    /// Waits without a timeout until all listeners have received all events.
    public void awaitListeners() throws InterruptedException {
        eventDispatcher.awaitDelivery();
    }

    /// Exception that caused the outcome, with its own causes: [Outcome#cause()]. Null before the end,
    /// and where the outcome has no further cause.
    public @Nullable Throwable cause() {
        return session.cause();
    }

    /// Delivery status of each listener, in the order in which they were added.
    public List<ListenerStatus> listenerStatuses() {
        return eventDispatcher.deliveryStatus().stream()
                .map(ListenerStatus::new)
                .toList();
    }

    /// Exception that a listener threw, after which it received no more events; null if none did. If
    /// several did, the first in the order of registration.
    public @Nullable Throwable listenerFailure() {
        return eventDispatcher.failure();
    }

    /// Number of intervals and notes dropped because listeners were too slow, summed over all listeners.
    public long droppedEvents() {
        return eventDispatcher.dropped();
    }

    /// Cancels the test if it is still running. When this returns, its sockets and threads are released.
    @Override
    public void close() {
        if (!isDone()) {
            cancel(null);
        }
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }
}
