package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.TestState;

/// Both ends have the other's results; the server's final message is missing.
record AwaitingDisplay() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.StreamFailed || event instanceof Event.LimitReached) {
            return Step.to(this);
        }
        return event.isState(TestState.DISPLAY_RESULTS)
                ? Step.end(new Ending.Completed())
                : ClientState.otherwise(event);
    }
}
