package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The test is over at this end; the server is notified when the sent data has arrived. A server that alone sends is
/// notified already, and there is nothing to wait for.
record AwaitingDelivery() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.ConditionMet) {
            return Step.to(new AwaitingExchange(), new ClientAction.EndTest());
        }
        if (event instanceof Event.StreamFailed || event instanceof Event.LimitReached) {
            return Step.to(this);
        }
        return event instanceof Event.Message
                ? new AwaitingExchange().on(event).after(new ClientAction.EndTest())
                : ClientState.otherwise(event);
    }

    /// No timeout while the server's kernel acknowledges data.
    @Override
    public @Nullable Duration timeout() {
        return null;
    }
}
