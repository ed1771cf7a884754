package dev.pitot.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsIperf2] runs.
public final class RealIperf2 implements ExecutionCondition {
    private final ProgramNeed need = ProgramNeed.onThisMachine("iperf");

    /// For JUnit: as this machine and its environment are.
    public RealIperf2() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return need.result();
    }
}
