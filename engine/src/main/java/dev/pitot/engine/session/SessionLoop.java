package dev.pitot.engine.session;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;

/// Runs one test from the first message to the last, in either role: takes events, asks the state for the
/// transition, has the role perform its actions, and turns the end into an outcome. Belongs to the
/// session's thread.
///
/// @param <S> the states of the role
/// @param <A> its actions
public final class SessionLoop<S extends SessionState<S, A>, A> {
    private final Session session;
    private final SessionRole<S, A> role;

    public SessionLoop(Session session, SessionRole<S, A> role) {
        this.session = session;
        this.role = role;
    }

    /// Runs the test. Every failure becomes part of the outcome.
    public Outcome run() {
        SessionFailure end = execute();
        try {
            finish(end);
        } catch (RuntimeException | Error e) { // a bug; the outcome is still reported
            end = SessionFailure.of(e).after(end);
        }
        FaultTrace.announce(end.getCause(), session.eventDispatcher());
        var outcome = new Outcome(session.report().report(), end.ending(), end.getCause());
        session.eventDispatcher().announce(new TestEvent.Finished(outcome));
        return outcome;
    }

    /// @return end of the test, with the error number for the peer
    private SessionFailure execute() {
        try {
            SessionFailure end = loop();
            return end.ending() instanceof Ending.Cancelled ? session.cancelled() : end;
        } catch (SessionFailure failure) {
            return session.isCancelled() ? session.cancelled() : failure;
        } catch (InterruptedException _) { // a session's thread is interrupted only to end it
            return session.cancelled();
        } catch (RuntimeException | Error e) { // for example out of memory: the peer must be notified
            return SessionFailure.of(e);
        }
    }

    private SessionFailure loop() throws SessionFailure, InterruptedException {
        SessionState.Transition<S, A> first = role.begin();
        perform(first);
        S state = first.next();
        enter(state);
        SessionFailure end = state.end();
        while (end == null) {
            Event event = session.eventLoop().next();
            SessionState.Transition<S, A> step = state.on(event);
            perform(step);
            role.handled(event); // after the actions: the end of a test is measured at its arrival
            if (!step.next().getClass().equals(state.getClass())) {
                enter(step.next());
            }
            state = step.next();
            end = state.end();
        }
        return end;
    }

    private void perform(SessionState.Transition<S, A> step) throws SessionFailure {
        for (A action : step.actions()) {
            role.perform(action);
        }
    }

    private void enter(S state) {
        session.eventLoop().enter(state.timeout(), state.evictionTimeout());
        role.entered(state);
    }

    private void finish(SessionFailure end) {
        try {
            role.finish(end);
        } finally {
            role.free();
        }
    }
}
