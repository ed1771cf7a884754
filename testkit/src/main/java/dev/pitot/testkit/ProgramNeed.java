package dev.pitot.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/// Programs that a test needs.
///
/// @param missing those that are not there
/// @param required whether a test must not be skipped for want of them
record ProgramNeed(List<String> missing, boolean required) {
    /// As this machine and its environment are.
    static ProgramNeed onThisMachine(String... programs) {
        SearchPath path = SearchPath.ofThisProcess();
        List<String> missing =
                List.of(programs).stream().filter(program -> !path.has(program)).toList();
        return new ProgramNeed(missing, "true".equals(System.getenv("CI")));
    }

    /// What JUnit is to do.
    ///
    /// @throws IllegalStateException if a program must be there and is not; JUnit then fails the
    ///     test
    ConditionEvaluationResult result() {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("found");
        }
        String reason = "no " + String.join(", no ", missing) + " on PATH (./verify installs them where it may)";
        if (required) {
            throw new IllegalStateException(reason + ", and CI=true");
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
