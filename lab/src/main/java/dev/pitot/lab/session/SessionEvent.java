package dev.pitot.lab.session;

import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.results.SessionSummary;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Something that happened in a session. [Began] is the first and [Ended] the last.
public sealed interface SessionEvent {
    /// The folder of results is there, and tests are about to begin.
    ///
    /// @param tests how many the plan has
    record Began(String title, int tests, Path folder) implements SessionEvent {}

    /// A test begins.
    ///
    /// @param attempt 1 for the first
    record TestBegan(TestCase test, int attempt, SessionProgress progress) implements SessionEvent {}

    /// A test is over.
    ///
    /// @param willRetry whether it failed and will be run once more
    record TestEnded(RunResult result, boolean willRetry, SessionProgress progress) implements SessionEvent {}

    /// Something that a person may want to know: a hook that failed, a watcher that lost its
    /// node.
    record Note(String text) implements SessionEvent {}

    /// The session is over.
    ///
    /// @param summary of the last run of each test
    /// @param folder of the results
    /// @param isStopped whether it was stopped before its end
    /// @param failure why it could not begin, as its nodes are used by others, so that its tests have no
    ///     results and can be run later; or why the disk of the results takes no more, which has stopped it;
    ///     null if neither
    record Ended(
            SessionSummary summary,
            Path folder,
            boolean isStopped,
            @Nullable String failure) implements SessionEvent {}
}
