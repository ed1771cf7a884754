package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.model.result.Ending;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Data flows. Only the client ends a test that goes well.
record Running() implements ClientState {
    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.LimitReached _ -> Step.to(new AwaitingDelivery(), new ClientAction.StopStreams());
            case Event.StreamFailed(var error, var reason, var cause) ->
                Step.to(new AwaitingFailureCause(new Ending.Failed(error, reason, false), cause));
            case Event.Message _,
                    Event.ControlClosed _,
                    Event.Broken _,
                    Event.StopRequested _,
                    Event.Stalled _,
                    Event.ConditionMet _,
                    Event.Overdue _,
                    Event.StreamArrived _ -> ClientState.otherwise(event);
        };
    }

    @Override
    public @Nullable Duration timeout() {
        return null;
    }
}
