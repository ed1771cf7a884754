package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;

/// The data connections are open; the server has not accepted all of them yet.
record AwaitingStart() implements ClientState {
    @Override
    public Step on(Event event) {
        return event.isState(TestState.TEST_START) ? Step.to(new AwaitingRunning()) : ClientState.otherwise(event);
    }
}
