package dev.pitot.client;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.model.result.Ending;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A test under way, whose result will be a map. Safe for any thread. It keeps itself alive, but
/// not the process: its threads are daemons.
public final class JsonRun implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final Supplier<ClientBuilder> client;
    private final RunOptions options;
    private final Callbacks callbacks;
    private final CompletableFuture<@Nullable String> stop = new CompletableFuture<>();
    private final CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
    private volatile @Nullable Ending ending;
    private volatile @Nullable Throwable failure;

    JsonRun(Supplier<ClientBuilder> client, RunOptions options, Callbacks callbacks) {
        this.client = client;
        this.options = options;
        this.callbacks = callbacks;
    }

    void start() {
        Duration deadline = options.deadline();
        if (deadline != null) {
            var _ = stop.completeOnTimeout(
                    "the deadline of " + deadline + " has passed",
                    TimeUnit.NANOSECONDS.convert(deadline),
                    TimeUnit.NANOSECONDS);
        }
        Thread.ofVirtual().name("pitot-json-run").start(this::carryOut);
    }

    private void carryOut() {
        Map<String, Object> document = Map.of();
        try {
            document = attempts();
        } catch (InterruptedException | RuntimeException | Error e) { // the result is the empty map, whatever it is
            failure = e;
        }
        stop.complete("over"); // lets go of the deadline's timer
        result.complete(document);
        callbacks.complete(document);
    }

    private Map<String, Object> attempts() throws InterruptedException {
        for (int number = 1; ; number++) {
            Attempt attempt = Attempt.make(client.get(), callbacks::interval, stop);
            ending = attempt.ending();
            failure = attempt.failure();
            boolean isLast = !(attempt.ending() instanceof Ending.Busy)
                    || number >= options.retry().attempts();
            if (isLast || isStoppedWithin(options.retry().pauseAfter(number))) {
                return attempt.document();
            }
        }
    }

    private boolean isStoppedWithin(Duration pause) throws InterruptedException {
        try {
            stop.get(TimeUnit.NANOSECONDS.convert(pause), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) { // nobody stopped it: the next attempt, then
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it so", e);
        }
    }

    /// Ends the run soon: a test that runs breaks off and its document has an `error`; a pause
    /// before another attempt ends. Does nothing if the run is over.
    ///
    /// @param reason for people; null for none
    public void cancel(@Nullable String reason) {
        stop.complete(reason);
    }

    /// Whether there is a result. The client can run again then.
    public boolean isDone() {
        return result.isDone();
    }

    /// The result, when it is there: iperf3's JSON document as unmodifiable maps and lists; empty
    /// if no document could be written, for the reason in [#failure()]. Never fails. What is done
    /// to this future does nothing to the run.
    public CompletableFuture<Map<String, Object>> result() {
        return result.copy();
    }

    /// Completes after the callback has returned or thrown. Never fails.
    public CompletableFuture<Void> delivered() {
        return callbacks.delivered();
    }

    /// Waits for the result.
    public Map<String, Object> await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result never fails", e);
        }
    }

    /// Waits for the result, but not for ever.
    ///
    /// @param patience of any length
    /// @return null if it has not come by then; the run goes on
    public @Nullable Map<String, Object> await(Duration patience) throws InterruptedException {
        try {
            return result.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) { // the answer is null
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result never fails", e);
        }
    }

    /// How the last attempt ended, as a type; null before that, and where there was no test.
    public @Nullable Ending ending() {
        return ending;
    }

    /// Why the result is the empty map; null if it is not.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// What a callback threw first, or the executor when it refused one; null if nothing. The run
    /// is not affected; intervals are not told after that, the result is.
    public @Nullable Throwable callbackFailure() {
        return callbacks.failure();
    }

    /// Cancels the run if it is not over, and waits until it is, for a second at most.
    @Override
    public void close() {
        cancel(null);
        try {
            await(CLOSE_PATIENCE);
        } catch (InterruptedException _) { // told to the caller
            Thread.currentThread().interrupt();
        }
    }
}
