package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;
import java.time.Duration;

/// The client may have requested the server's output (`--get-server-output`), which its listener
/// provides.
record AwaitingOutput() implements ServerState {
    /// Timeout for the listener; a client waits longer for results.
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.ConditionMet _, Event.Overdue _ -> tell(Step.to(new AwaitingDone()));
            case Event.StreamFailed _, Event.Stalled _, Event.LimitReached _ -> Step.to(this);
            case Event.StreamArrived(var accepted) -> Step.to(this, new ServerAction.DenyStream(accepted));
            case Event.Message _, Event.ControlClosed _, Event.Broken _, Event.StopRequested _ ->
                tell(new AwaitingDone().on(event));
        };
    }

    private static Step tell(Step next) {
        return next.after(new ServerAction.SendResults(), new ServerAction.SendState(TestState.DISPLAY_RESULTS));
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }
}
