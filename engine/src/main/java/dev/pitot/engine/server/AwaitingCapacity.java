package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The test waits for free streams, which other tests may hold now.
record AwaitingCapacity(TestRequest request) implements ServerState {
    /// Twice the time that an idle test may last while others wait.
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.ConditionMet _ ->
                Step.to(new AwaitingTurn(request), new ServerAction.OpenIntake(request.parameters()));
            case Event.Overdue _ -> Step.end(new Ending.Busy());
            case Event.Message _,
                    Event.ControlClosed _,
                    Event.Broken _,
                    Event.StopRequested _,
                    Event.StreamArrived _,
                    Event.StreamFailed _,
                    Event.LimitReached _,
                    Event.Stalled _ -> ServerState.otherwise(this, event, IperfError.RECEIVE_PARAMETERS);
        };
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public @Nullable Duration evictionTimeout() {
        return null;
    }

    /// This state ends by itself.
    @Override
    public boolean isEvictable() {
        return true;
    }
}
