package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.TestState;
import java.time.Duration;

/// The cookie is sent; the server has not requested parameters yet. A busy one refuses now.
record AwaitingParameterRequest() implements ClientState {
    /// Timeout, because an iperf 2 server takes a cookie for data and never answers. An iperf 3.21 server
    /// that others block with half-open handshakes may need 20 s.
    private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(30);

    private static final String SILENCE = "no answer within " + FIRST_TIMEOUT.toSeconds()
            + " s, which is what iperf 2 does (ensure other side is iperf3 and not iperf)";

    @Override
    public Duration timeout() {
        return FIRST_TIMEOUT;
    }

    @Override
    public Step on(Event event) {
        if (event instanceof Event.Overdue) {
            return Step.end(new Ending.Failed(IperfError.RECEIVE_MESSAGE, SILENCE, false));
        }
        return event.isState(TestState.PARAM_EXCHANGE)
                ? Step.to(new AwaitingStreamRequest(), new ClientAction.SendParameters())
                : ClientState.otherwise(event);
    }
}
