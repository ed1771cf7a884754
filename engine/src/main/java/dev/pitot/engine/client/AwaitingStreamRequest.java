package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;

/// The parameters are sent; the server has not accepted them yet.
record AwaitingStreamRequest() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.Message(ControlMessage.Extension(var extension))) {
            return Step.to(this, new ClientAction.UseExtension(extension));
        }
        return event.isState(TestState.CREATE_STREAMS)
                ? Step.to(new OpeningStreams(), new ClientAction.OpenStreams())
                : ClientState.otherwise(event);
    }
}
