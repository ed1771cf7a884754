package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsPidNamespace] runs.
public final class RealPidNamespace implements ExecutionCondition {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> TRIAL = List.of("unshare", "--pid", "--fork", "--mount-proc", "true");
    private static final String REASON = "process namespaces are not permitted here (unshare --pid)";

    private final boolean permitted;
    private final boolean required;

    /// For JUnit: as this machine and its environment are.
    public RealPidNamespace() {
        this(isPermitted(), "true".equals(System.getenv("CI")));
    }

    RealPidNamespace(boolean permitted, boolean required) {
        this.permitted = permitted;
        this.required = required;
    }

    /// Asked before each marked class and each marked method.
    ///
    /// @throws IllegalStateException if the machine must permit namespaces and does not; JUnit
    /// then
    ///     fails the test
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (permitted) {
            return ConditionEvaluationResult.enabled("process namespaces are permitted");
        }
        if (required) {
            throw new IllegalStateException(REASON + ", and CI=true");
        }
        return ConditionEvaluationResult.disabled(REASON);
    }

    private static boolean isPermitted() {
        try {
            return CommandRun.of(TRIAL, PATIENCE).succeeded();
        } catch (IOException _) { // no unshare: no Linux
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
