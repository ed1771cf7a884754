package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.result.Ending;
import org.jspecify.annotations.Nullable;

/// The test is over.
///
/// @param cause the exception that broke the test; null if none
record Ended(Ending ending, @Nullable Throwable cause) implements ClientState {
    /// Creates an end without an exception.
    Ended(Ending ending) {
        this(ending, null);
    }

    @Override
    public SessionFailure end() {
        return SessionFailure.of(ending, cause);
    }

    @Override
    public Step on(Event event) {
        return Step.to(this);
    }
}
