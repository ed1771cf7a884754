package dev.pitot.engine.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// State of a session: an immutable value that maps an event to the next state and the actions to
/// perform, and has no side effects.
///
/// @param <S> the states of a role
/// @param <A> the actions of that role
public interface SessionState<S, A> {
    /// Returns the transition for an event.
    Transition<S, A> on(Event event);

    /// Timeout of this state, after which it gets [Event.Overdue]; null for none.
    @Nullable Duration timeout();

    /// Time that this state may last without progress of the peer while others wait for the slot of this
    /// test; null for no limit.
    default @Nullable Duration evictionTimeout() {
        return null;
    }

    /// End of the session; null while it continues.
    default @Nullable SessionFailure end() {
        return null;
    }

    /// Next state and the actions to perform.
    interface Transition<S, A> {
        S next();

        List<A> actions();
    }
}
