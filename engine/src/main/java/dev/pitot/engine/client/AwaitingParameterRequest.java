package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;

/// The cookie is sent; the server has not asked for parameters yet. A busy one says so now.
record AwaitingParameterRequest() implements ClientState {
    @Override
    public Step on(Event event) {
        return event.isState(TestState.PARAM_EXCHANGE)
                ? Step.to(new AwaitingStreamRequest(), new ClientAction.SendParameters())
                : ClientState.otherwise(event);
    }
}
