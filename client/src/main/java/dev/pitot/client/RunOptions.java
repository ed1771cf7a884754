package dev.pitot.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// How a client conducts its runs, beside what is measured.
///
/// @param callbacks where callbacks are called, never two of one client at once; null for a
/// virtual
///     thread. One that refuses a callback loses it: the future still has the result
/// @param deadline of a run with all its attempts, more than 0, after which it is cancelled; null
///     for none
/// @param retry when the server is busy
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

    /// The same with callbacks called elsewhere.
    public RunOptions withCallbacks(Executor value) {
        return new RunOptions(Objects.requireNonNull(value, "callbacks is null"), deadline, retry);
    }

    /// The same with a deadline.
    ///
    /// @param value more than 0
    public RunOptions withDeadline(Duration value) {
        return new RunOptions(callbacks, Objects.requireNonNull(value, "deadline is null"), retry);
    }

    /// The same with more or fewer attempts.
    public RunOptions withRetry(Retry value) {
        return new RunOptions(callbacks, deadline, value);
    }
}
