package dev.pitot.engine.session;

/// Steps of one role, called by the [SessionLoop]. Belongs to the session's thread.
///
/// @param <S> the states of the role
/// @param <A> its actions
public interface SessionRole<S, A> {
    /// Opens the session and returns its first transition.
    SessionState.Transition<S, A> begin() throws SessionFailure;

    /// Performs an action of a transition. Waits only for the peer's kernel: longer waits are an
    /// [AwaitedCondition] of the next state.
    void perform(A action) throws SessionFailure;

    /// Called after the actions of an event.
    void handled(Event event);

    /// Called when the state changes.
    void entered(S state);

    /// Ends counting, reports, and notifies the peer of the end.
    void finish(SessionFailure end);

    /// Releases all resources. Called once, last.
    void free();
}
