package dev.pitot.lab.session;

import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.store.RunResult;
import java.nio.file.Path;
import java.util.List;

/// Something that happened in a session. [Began] is the first and [Ended] the last.
public sealed interface SessionEvent {
    /// The folder of results is there, and tests are about to begin.
    ///
    /// @param tests how many the plan has
    record Began(String title, int tests, Path folder) implements SessionEvent {}

    /// A test begins.
    ///
    /// @param attempt 1 for the first
    record TestBegan(TestCase test, int attempt, Progress progress) implements SessionEvent {}

    /// A test is over.
    ///
    /// @param comesAgain whether it failed and will be run once more
    record TestEnded(RunResult result, boolean comesAgain, Progress progress) implements SessionEvent {}

    /// Something that a person may want to know: a hook that failed, a watcher that lost its
    /// node.
    record Note(String text) implements SessionEvent {}

    /// The session is over.
    ///
    /// @param results the last of each test, in the order of the plan
    /// @param folder of the results
    /// @param isStopped whether it was stopped before its end
    record Ended(List<RunResult> results, Path folder, boolean isStopped) implements SessionEvent {
        public Ended {
            results = List.copyOf(results);
        }
    }
}
