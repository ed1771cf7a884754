package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.time.Duration;

/// The test waits for its turn to open streams: tests with UDP streams from one client address take
/// turns, see [UdpStreamQueue].
record AwaitingTurn(TestRequest request) implements ServerState {
    /// Longest wait for other tests of the same client. Each may have many streams and a long round-trip
    /// time; one that requests none loses its turn after a second or two.
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.ConditionMet _ -> request.admitted();
            case Event.Overdue _ -> Step.end(new Ending.Busy()); // an unfinished handshake of another test
            case Event.Message _,
                    Event.ControlClosed _,
                    Event.Broken _,
                    Event.StopRequested _,
                    Event.StreamArrived _,
                    Event.StreamFailed _,
                    Event.LimitReached _,
                    Event.Stalled _ -> ServerState.otherwise(this, event, IperfError.STREAM_LISTEN);
        };
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public Duration evictionTimeout() {
        return AwaitingStreams.EVICTION_TIMEOUT;
    }
}
