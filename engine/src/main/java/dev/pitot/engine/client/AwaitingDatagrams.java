package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;

/// The server has asked for results, which are told when no datagrams come any more. Whatever else happens
/// ends that wait.
record AwaitingDatagrams() implements ClientState {
    @Override
    public Step on(Event event) {
        return event instanceof Event.ConditionMet
                ? Step.to(new AwaitingResults(), new ClientAction.SendResults())
                : new AwaitingResults().on(event).after(new ClientAction.SendResults());
    }
}
