package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.TestState;

/// Both ends have each other's results. Nothing can be lost any more, so a client may also close the
/// connection without a message, or send nothing.
record AwaitingDone() implements ServerState {
    @Override
    public Step on(Event event) {
        if (event.isState(TestState.IPERF_DONE)
                || event instanceof Event.ControlClosed
                || event instanceof Event.Overdue) {
            return Step.end(new Ending.Completed());
        }
        if (event instanceof Event.StreamFailed || event instanceof Event.Stalled) {
            return Step.to(this);
        }
        return ServerState.otherwise(this, event, IperfError.RECEIVE_MESSAGE);
    }
}
