package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.ControlMessage;

/// The results are sent; the server's have not arrived yet.
record AwaitingResults() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.StreamFailed || event instanceof Event.LimitReached) {
            return Step.to(this);
        }
        return event instanceof Event.Message(ControlMessage.Results(String json))
                ? Step.to(new AwaitingDisplay(), new ClientAction.TakeResults(json))
                : ClientState.otherwise(event);
    }
}
