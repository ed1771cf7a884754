package dev.pitot.cli.run;

import dev.pitot.engine.ClientRun;
import dev.pitot.engine.ListenerStatus;
import dev.pitot.model.result.Outcome;
import java.io.IOException;

/// Waits for a run whose whole point is what its reporter prints: the first listener.
final class ReportAwaiter {
    private ReportAwaiter() {}

    /// The outcome, once everything is printed. Other listeners have had a while for their part.
    ///
    /// @throws IOException with a sentence for people, if the reporter failed, which the engine
    ///     itself does not mind
    static Outcome outcomeOf(ClientRun run) throws IOException, InterruptedException {
        Outcome outcome = run.await();
        ListenerStatus reporter = run.listenerStatuses().getFirst();
        reporter.await();
        Throwable failure = reporter.failure();
        if (failure != null) {
            String reason = failure instanceof OutOfMemoryError ? "Cannot allocate memory" : failure.toString();
            throw new IOException("error - the report is incomplete: " + reason, failure);
        }
        return outcome;
    }
}
