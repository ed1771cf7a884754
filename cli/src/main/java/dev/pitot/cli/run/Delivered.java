package dev.pitot.cli.run;

import dev.pitot.engine.Run;
import dev.pitot.model.result.Outcome;
import java.io.IOException;

/// Waits for a run whose whole point is what its reporter prints.
final class Delivered {
    private Delivered() {}

    /// The outcome, once everything is printed.
    ///
    /// @throws IOException with a sentence for people, if the reporter failed, which the engine
    ///     itself does not mind
    static Outcome outcomeOf(Run run) throws IOException, InterruptedException {
        Outcome outcome = run.await();
        run.awaitListeners();
        Throwable failure = run.listenerFailure();
        if (failure != null) {
            String reason = failure instanceof OutOfMemoryError ? "Cannot allocate memory" : failure.toString();
            throw new IOException("error - the report is incomplete: " + reason, failure);
        }
        return outcome;
    }
}
