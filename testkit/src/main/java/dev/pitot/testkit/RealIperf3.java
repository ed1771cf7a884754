package dev.pitot.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsIperf3] runs.
public final class RealIperf3 implements ExecutionCondition {
    static final String MISSING = "no iperf3 on PATH (./verify installs it where it may)";

    private final boolean available;
    private final boolean required;

    /// For JUnit: as this machine and its environment are.
    public RealIperf3() {
        this(Iperf3.isAvailable(), "true".equals(System.getenv("CI")));
    }

    RealIperf3(boolean available, boolean required) {
        this.available = available;
        this.required = required;
    }

    /// Asked before each marked class and each marked method.
    ///
    /// @throws IllegalStateException if there must be an iperf3 and is none; JUnit then fails
    /// the test
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (available) {
            return ConditionEvaluationResult.enabled("iperf3 found");
        }
        if (required) {
            throw new IllegalStateException(MISSING + ", and CI=true");
        }
        return ConditionEvaluationResult.disabled(MISSING);
    }
}
