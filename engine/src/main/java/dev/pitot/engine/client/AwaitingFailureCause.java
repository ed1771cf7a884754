package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.model.result.Ending;
import java.time.Duration;

/// A data connection broke while data flowed. Usually the server is gone or has given up, and the control
/// connection is about to report a better reason.
///
/// @param otherwise the ending if it does not
/// @param cause the exception of the data connection
record AwaitingFailureCause(Ending otherwise, Throwable cause) implements ClientState {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.Overdue _ -> Step.end(otherwise, cause);
            case Event.StreamFailed _, Event.LimitReached _, Event.Stalled _ -> Step.to(this);
            case Event.ControlClosed(var closing) -> Step.end(new Ending.PeerGone(), closing == null ? cause : closing);
            case Event.Message _, Event.Broken _, Event.StopRequested _, Event.ConditionMet _, Event.StreamArrived _ ->
                ClientState.otherwise(event);
        };
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }
}
