package dev.pitot.probe.rpm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The request to end a measurement, by its program or by a failure, whichever comes first. Safe for any thread.
final class RpmStop {
    private static final String CANCELLED = "";

    private final CompletableFuture<String> reason = new CompletableFuture<>();

    void cancel() {
        reason.complete(CANCELLED);
    }

    /// @param sentence why the measurement cannot go on
    void fail(String sentence) {
        reason.complete(sentence);
    }

    boolean isRequested() {
        return reason.isDone();
    }

    boolean isCancelled() {
        return CANCELLED.equals(reason.getNow(null));
    }

    /// Returns the failure; null if there is none.
    @Nullable String failure() {
        return isCancelled() ? null : reason.getNow(null);
    }

    /// Waits. Interruption counts as cancellation.
    ///
    /// @return whether the measurement is to end
    boolean await(long nanos) {
        if (nanos > 0) {
            await(reason, nanos);
        }
        return isRequested();
    }

    /// Waits for a value. A failure to get it is one of the measurement.
    ///
    /// @return null if the measurement is to end
    <T> @Nullable T await(CompletableFuture<T> value) {
        await(CompletableFuture.anyOf(reason, value), Long.MAX_VALUE);
        if (value.isCompletedExceptionally()) {
            fail(HttpFailure.sentence(value.exceptionNow()));
        }
        return isRequested() ? null : value.getNow(null);
    }

    private void await(CompletableFuture<?> either, long nanos) {
        try {
            var _ = either.get(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            cancel();
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException _) { // the caller looks at what happened
        }
    }
}
