package dev.pitot.engine.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a session waits for: a value that answers an event with the next state and what to do on the
/// way, and does nothing itself.
///
/// @param <S> the states of a role
/// @param <A> the actions of that role
public interface SessionState<S, A> {
    /// What follows an event.
    Transition<S, A> on(Event event);

    /// The time that this state may last before it is [Event.Overdue]; null for as long as it takes.
    @Nullable Duration patience();

    /// The time that this state may last without a move of the peer while others wait for the place of
    /// this test; null if they have to wait.
    default @Nullable Duration evictionTimeout() {
        return null;
    }

    /// The end of the session; null while it goes on.
    default @Nullable SessionFailure end() {
        return null;
    }

    /// The state that follows, and what to do on the way.
    interface Transition<S, A> {
        S next();

        List<A> actions();
    }
}
