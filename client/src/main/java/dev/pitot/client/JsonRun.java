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

/// Running test whose result will be a map. Thread-safe. Runs on daemon threads: it needs no
/// reference to continue, and does not keep the process alive.
public final class JsonRun implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

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
        } catch (InterruptedException | RuntimeException | Error e) { // the result is the empty map
            failure = e;
        }
        stop.complete("over"); // cancels the deadline's timer
        result.complete(document);
        callbacks.complete(document);
    }

    private Map<String, Object> attempts() throws InterruptedException {
        for (int number = 1; ; number++) {
            TestAttempt attempt = TestAttempt.make(client.get(), callbacks::interval, stop);
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
        } catch (TimeoutException _) { // not stopped: next attempt
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
    }

    /// Cancels the run: a running test is aborted and its document has an `error`; a pause before
    /// another attempt ends. Returns at once. Does nothing if the run is over.
    ///
    /// @param reason human-readable reason; null for none
    public void cancel(@Nullable String reason) {
        stop.complete(reason);
    }

    /// True if the result is available. The client can then start another run.
    public boolean isDone() {
        return result.isDone();
    }

    /// Future of the result: iperf3's JSON document as unmodifiable maps and lists; empty if no
    /// document could be written, for the reason in [#failure()]. Never completes exceptionally.
    /// Cancelling or completing this future does not affect the run.
    public CompletableFuture<Map<String, Object>> result() {
        return result.copy();
    }

    /// Completes after the callback has returned or thrown. Never completes exceptionally.
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

    /// Waits for the result, with a timeout.
    ///
    /// @param timeout timeout of any length
    /// @return the result, or null after the timeout; the run continues
    public @Nullable Map<String, Object> await(Duration timeout) throws InterruptedException {
        try {
            return result.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) { // the answer is null
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result never fails", e);
        }
    }

    /// Ending of the last attempt; null before the first attempt has ended, and if there was no
    /// test.
    public @Nullable Ending ending() {
        return ending;
    }

    /// Reason why the result is the empty map; null if it is not.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// First exception thrown by a callback, or by the executor when it rejected one; null if there
    /// was none. The run is not affected; after that intervals are no longer delivered, but the
    /// result is.
    public @Nullable Throwable callbackFailure() {
        return callbacks.failure();
    }

    /// Cancels the run if it is not over, and waits for its end for at most one second.
    @Override
    public void close() {
        cancel(null);
        try {
            await(CLOSE_TIMEOUT);
        } catch (InterruptedException _) { // the caller sees the interrupt flag
            Thread.currentThread().interrupt();
        }
    }
}
