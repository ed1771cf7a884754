package dev.pitot.lab.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far a session is.
///
/// @param done turns that are over
/// @param total turns in all, as far as is known: a failed test adds one
/// @param remaining at the pace so far; null before the first turn is over, and of a
///     session that is stopped
public record SessionProgress(int done, int total, @Nullable Duration remaining) {
    /// The pace so far goes on.
    ///
    /// @param elapsed since the begin; null if nothing goes on
    static SessionProgress of(int done, int left, @Nullable Duration elapsed) {
        if (done == 0 || elapsed == null) {
            return new SessionProgress(done, done + left, null);
        }
        return new SessionProgress(done, done + left, elapsed.multipliedBy(left).dividedBy(done));
    }
}
