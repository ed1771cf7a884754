package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.wire.control.ControlMessage;

/// Counting is over and the client's results have been requested.
record AwaitingResults() implements ServerState {
    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.Message(ControlMessage.Results(String json)) ->
                Step.to(new AwaitingDatagrams(), new ServerAction.TakeResults(json));
            case Event.Message(ControlMessage.BadFrame frame) -> Step.fail(IperfError.RECEIVE_RESULTS, frame.reason());
            case Event.StreamFailed _, Event.Stalled _ -> Step.to(this); // the streams are no longer used
            case Event.Message _,
                    Event.ControlClosed _,
                    Event.Broken _,
                    Event.StopRequested _,
                    Event.StreamArrived _,
                    Event.LimitReached _,
                    Event.ConditionMet _,
                    Event.Overdue _ -> ServerState.otherwise(this, event, IperfError.RECEIVE_RESULTS);
        };
    }
}
