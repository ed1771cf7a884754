package dev.pitot.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsPushgateway] runs.
public final class RealPushgateway implements ExecutionCondition {
    private final ProgramNeed need = ProgramNeed.onThisMachine("prometheus-pushgateway");

    /// For JUnit: as this machine and its environment are.
    public RealPushgateway() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return need.result();
    }
}
