package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The data connections are being opened. A server that sends a message meanwhile does not wait for the
/// rest of them.
record OpeningStreams() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.ConditionMet) {
            return Step.to(new AwaitingStart(), new ClientAction.ReportStreams());
        }
        Step said = new AwaitingStart().on(event);
        return event.isState(TestState.TEST_START) ? said.after(new ClientAction.ReportStreams()) : said;
    }

    /// No timeout: each connection has its own.
    @Override
    public @Nullable Duration timeout() {
        return null;
    }
}
