package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;

/// The client has reported how many datagrams it sent; some may still be in flight. Any other event ends
/// that wait.
record AwaitingDatagrams() implements ServerState {
    @Override
    public Step on(Event event) {
        Step next =
                event instanceof Event.ConditionMet ? Step.to(new AwaitingOutput()) : new AwaitingOutput().on(event);
        return next.next() instanceof AwaitingOutput
                ? next.after(new ServerAction.Summarize(), new ServerAction.AwaitOutput())
                : next.after(new ServerAction.Summarize());
    }
}
