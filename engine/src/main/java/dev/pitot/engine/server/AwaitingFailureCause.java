package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.TestState;
import java.time.Duration;

/// A data connection broke while data flowed. Usually the client is gone or has ended the test, and the
/// control connection is about to report it.
///
/// @param otherwise the ending if it does not
/// @param cause the exception of the data connection
record AwaitingFailureCause(Ending otherwise, Throwable cause) implements ServerState {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.Overdue _ -> Step.end(otherwise, cause);
            case Event.StreamFailed _, Event.LimitReached _, Event.Stalled _ -> Step.to(this);
            case Event.ControlClosed(var closing) -> Step.end(new Ending.PeerGone(), closing == null ? cause : closing);
            case Event.Message _, Event.Broken _, Event.StopRequested _, Event.ConditionMet _, Event.StreamArrived _ ->
                event.isState(TestState.TEST_END)
                        ? new Running(null).on(event)
                        : ServerState.otherwise(this, event, IperfError.STREAM_READ);
        };
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }
}
