package dev.pitot.cli.run;

import dev.pitot.engine.Run;
import dev.pitot.model.result.Outcome;

/// Waits for a run whose whole point is what its reporter prints.
final class Delivered {
    private Delivered() {}

    /// The outcome, once everything is printed.
    ///
    /// @throws IllegalStateException if the reporter failed, which the engine itself does not mind
    static Outcome outcomeOf(Run run) throws InterruptedException {
        Outcome outcome = run.await();
        Throwable failure = run.listenerFailure();
        if (failure != null) {
            throw new IllegalStateException("the report is incomplete", failure);
        }
        return outcome;
    }
}
