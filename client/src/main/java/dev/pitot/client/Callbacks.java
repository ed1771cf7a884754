package dev.pitot.client;

import dev.pitot.model.result.Interval;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls the callbacks of one run: each interval, then the result once. Keeps the first exception
/// that they throw.
final class Callbacks {
    /// Limit of intervals queued for a slow callback; the same as for events of a listener.
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

    /// Queues an interval for the callback, unless too many are queued or a callback has thrown.
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

    /// Queues the result for the callback.
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
        } catch (RuntimeException | Error e) { // thrown by the caller's code; the run is not affected
            failure.compareAndSet(null, e);
            return false;
        }
    }

    /// Returns the first exception thrown by a callback or by its executor; null if there was none.
    @Nullable Throwable failure() {
        return failure.get();
    }

    /// Completes when the result has been delivered or its delivery has failed.
    CompletableFuture<Void> delivered() {
        return delivered.copy();
    }
}
