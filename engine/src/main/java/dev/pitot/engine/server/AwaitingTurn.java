package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.time.Duration;

/// The test may open its streams when it is its turn: those of UDP from one client address come one test after
/// the other, see [UdpStreamQueue].
record AwaitingTurn(TestRequest request) implements ServerState {
    /// The longest wait for other tests of the same client. Each may have many streams, and be far away; one that
    /// asks for none is passed over after a second or two.
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.ConditionMet _ -> request.admitted();
            case Event.Overdue _ ->
                Step.end(new Ending.Busy()); // another test does not come to an end with its streams
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
    public Duration patience() {
        return TIMEOUT;
    }

    @Override
    public Duration evictionTimeout() {
        return AwaitingStreams.EVICTION_TIMEOUT;
    }
}
