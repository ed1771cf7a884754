package dev.pitot.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsSocat] runs.
public final class RealSocat implements ExecutionCondition {
    private final ProgramNeed need = ProgramNeed.onThisMachine("socat", "stty");

    /// For JUnit: as this machine and its environment are.
    public RealSocat() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return need.result();
    }
}
