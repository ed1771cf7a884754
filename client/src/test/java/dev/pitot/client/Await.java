package dev.pitot.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Waits with a timeout.
final class Await {
    private Await() {}

    static <T> T result(CompletableFuture<T> future) throws Exception {
        return future.get(25, TimeUnit.SECONDS);
    }

    /// Returns the result of a run after its callback has been called.
    static Map<String, Object> delivered(JsonRun run) throws Exception {
        result(run.delivered());
        return run.await();
    }
}
