package dev.pitot.client;

import dev.pitot.model.result.Interval;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls the callbacks of one run: intervals as they come, then the result, once. What they throw
/// is kept.
final class Callbacks {
    /// Intervals that may wait for a slow callback, as many as events for a listener.
    private static final int CAPACITY = 1024;

    private final Consumer<Interval> onInterval;
    private final Consumer<Map<String, Object>> onComplete;
    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();

    Callbacks(Consumer<Interval> onInterval, Consumer<Map<String, Object>> onComplete, Executor executor) {
        this.onInterval = onInterval;
        this.onComplete = onComplete;
        this.executor = executor;
    }

    /// Passes an interval on, unless too many wait or a callback has thrown.
    void interval(Interval interval) {
        if (failure.get() == null && waiting.get() < CAPACITY) {
            waiting.incrementAndGet();
            execute(() -> {
                waiting.decrementAndGet();
                if (failure.get() == null) {
                    call(() -> onInterval.accept(interval));
                }
            });
        }
    }

    /// Passes the result on.
    void complete(Map<String, Object> result) {
        boolean accepted = execute(() -> {
            call(() -> onComplete.accept(result));
            delivered.complete(null);
        });
        if (!accepted) {
            delivered.complete(null);
        }
    }

    private boolean execute(Runnable task) {
        return call(() -> executor.execute(task));
    }

    private boolean call(Runnable task) {
        try {
            task.run();
            return true;
        } catch (RuntimeException | Error e) { // the caller's own; the run does not suffer from it
            failure.compareAndSet(null, e);
            return false;
        }
    }

    /// What a callback, or the executor that was to call it, threw first; null if nothing.
    @Nullable Throwable failure() {
        return failure.get();
    }

    /// Completes when the result was passed on, or could not be.
    CompletableFuture<Void> delivered() {
        return delivered.copy();
    }
}
