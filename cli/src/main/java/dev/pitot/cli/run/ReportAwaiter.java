package dev.pitot.cli.run;

import dev.pitot.engine.ClientRun;
import dev.pitot.engine.ListenerStatus;
import dev.pitot.model.result.Outcome;
import java.io.IOException;

/// Waits for a run and the output of its reporter, which is the first listener.
final class ReportAwaiter {
    private ReportAwaiter() {}

    /// Returns the outcome once everything is printed. Other listeners get a short grace period.
    ///
    /// @throws IOException with a message for users, if the reporter failed, which the engine does not
    ///     treat as an error
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
