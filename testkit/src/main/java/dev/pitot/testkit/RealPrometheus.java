package dev.pitot.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsPrometheus] runs.
public final class RealPrometheus implements ExecutionCondition {
    private final ProgramNeed need = ProgramNeed.onThisMachine("prometheus", "promtool");

    /// For JUnit: as this machine and its environment are.
    public RealPrometheus() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return need.result();
    }
}
