package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;

/// The server has requested the results, which are sent when no more datagrams arrive and the probe after the
/// load is over. Any other event ends that wait, but those of data connections: the server closes them.
record AwaitingDatagrams() implements ClientState {
    @Override
    public Step on(Event event) {
        if (event instanceof Event.StreamFailed || event instanceof Event.LimitReached) {
            return Step.to(this);
        }
        return event instanceof Event.ConditionMet
                ? Step.to(new AwaitingResults(), new ClientAction.SendResults())
                : new AwaitingResults().on(event).after(new ClientAction.SendResults());
    }
}
