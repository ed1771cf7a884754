package dev.pitot.engine.session;

/// The steps of one role, which the [SessionLoop] takes. Belongs to the session's thread.
///
/// @param <S> the states of the role
/// @param <A> its actions
public interface SessionRole<S, A> {
    /// Opens what the session begins with.
    SessionState.Transition<S, A> begin() throws SessionFailure;

    /// Does what a state has said. Waits for nobody but the peer's kernel: what takes longer is an
    /// [AwaitedCondition] of the next state.
    void perform(A action) throws SessionFailure;

    /// The actions that follow an event are done.
    void handled(Event event);

    /// Another state begins.
    void entered(S state);

    /// Ends counting, reports, and tells the peer of the end.
    void finish(SessionFailure end);

    /// Frees everything. Called once, last.
    void free();
}
