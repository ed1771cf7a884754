package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.wire.control.TestState;

/// The test is over at this end; the server has not requested results yet. Events of data connections are
/// ignored: the server closes them.
record AwaitingExchange() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.StreamFailed || event instanceof Event.LimitReached) {
            return Step.to(this);
        }
        return event.isState(TestState.EXCHANGE_RESULTS)
                ? Step.to(new AwaitingDatagrams(), new ClientAction.AwaitDatagrams())
                : ClientState.otherwise(event);
    }
}
