package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;

/// The server has all connections; it has not started yet. Its word to do so follows at once,
/// often in the same segment.
record AwaitingRunning() implements ClientState {
    @Override
    public Step on(Event event) {
        return event.isState(TestState.TEST_RUNNING)
                ? Step.to(new Running(), new ClientAction.StartStreams())
                : ClientState.otherwise(event);
    }
}
