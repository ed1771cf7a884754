package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;

/// The server has all connections and has not started yet. Its start message follows at once, often in
/// the same segment.
record AwaitingRunning() implements ClientState {
    @Override
    public Step on(Event event) {
        return event.isState(TestState.TEST_RUNNING)
                ? Step.to(new Running(), new ClientAction.StartStreams())
                : ClientState.otherwise(event);
    }
}
