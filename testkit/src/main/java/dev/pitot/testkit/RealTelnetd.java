package dev.pitot.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsTelnetd] runs.
public final class RealTelnetd implements ExecutionCondition {
    private final ProgramNeed need = ProgramNeed.onThisMachine("telnetd", "socat");

    /// For JUnit: as this machine and its environment are.
    public RealTelnetd() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return need.result();
    }
}
