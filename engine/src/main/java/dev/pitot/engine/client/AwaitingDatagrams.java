package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;

/// The server has requested the results, which are sent when no more datagrams arrive. Any other event
/// ends that wait.
record AwaitingDatagrams() implements ClientState {
    @Override
    public Step on(Event event) {
        return event instanceof Event.ConditionMet
                ? Step.to(new AwaitingResults(), new ClientAction.SendResults())
                : new AwaitingResults().on(event).after(new ClientAction.SendResults());
    }
}
