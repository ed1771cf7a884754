package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.result.Ending;

/// The test is over.
record Ended(Ending ending) implements ServerState {
    @Override
    public Step on(Event event) {
        return Step.to(this);
    }
}
