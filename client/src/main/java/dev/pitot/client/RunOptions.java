package dev.pitot.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Options of a client's runs, apart from the test itself.
///
/// @param callbacks executor for callbacks, which never run concurrently for one client; null for a
///     virtual thread. If it rejects a callback, that callback is lost; the future still has the
///     result
/// @param deadline time after which a run with all its attempts is cancelled, more than 0; null for
///     none
/// @param retry retry policy for a busy server
public record RunOptions(
        @Nullable Executor callbacks, @Nullable Duration deadline, Retry retry) {
    /// Callbacks on a virtual thread, no deadline, one attempt.
    public static final RunOptions DEFAULT = new RunOptions(null, null, Retry.NONE);

    /// @throws IllegalArgumentException if `deadline` is not above 0
    public RunOptions {
        Objects.requireNonNull(retry, "retry is null");
        if (deadline != null && !deadline.isPositive()) {
            throw new IllegalArgumentException("deadline <= 0: " + deadline);
        }
    }

    /// Returns a copy with another executor for callbacks.
    public RunOptions withCallbacks(Executor value) {
        return new RunOptions(Objects.requireNonNull(value, "callbacks is null"), deadline, retry);
    }

    /// Returns a copy with another deadline.
    ///
    /// @param value more than 0
    public RunOptions withDeadline(Duration value) {
        return new RunOptions(callbacks, Objects.requireNonNull(value, "deadline is null"), retry);
    }

    /// Returns a copy with another retry policy.
    public RunOptions withRetry(Retry value) {
        return new RunOptions(callbacks, deadline, value);
    }
}
