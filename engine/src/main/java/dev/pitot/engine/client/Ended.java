package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.model.result.Ending;

/// The test is over.
record Ended(Ending ending) implements ClientState {
    @Override
    public Step on(Event event) {
        return Step.to(this);
    }
}
