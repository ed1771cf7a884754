package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.wire.control.TestState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The client has ended the test; data that it sent may still be in flight.
record AwaitingReceiveDrain() implements ServerState {
    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.ConditionMet _ -> over(Step.to(new AwaitingResults()));
            case Event.Message _ -> over(new AwaitingResults().on(event));
            case Event.StreamFailed _, Event.Stalled _ -> Step.to(this);
            case Event.ControlClosed _,
                    Event.Broken _,
                    Event.StopRequested _,
                    Event.StreamArrived _,
                    Event.LimitReached _,
                    Event.Overdue _ -> ServerState.otherwise(this, event, IperfError.RECEIVE_RESULTS);
        };
    }

    private static Step over(Step next) {
        return next.after(new ServerAction.EndTest(), new ServerAction.SendState(TestState.EXCHANGE_RESULTS));
    }

    /// As while the test runs.
    @Override
    public @Nullable Duration evictionTimeout() {
        return null;
    }
}
