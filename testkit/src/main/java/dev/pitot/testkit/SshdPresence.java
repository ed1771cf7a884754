package dev.pitot.testkit;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsSshd] runs.
public final class SshdPresence implements ExecutionCondition {
    private final ProgramNeed need;

    /// For JUnit: as this machine and its environment are.
    public SshdPresence() {
        ProgramNeed clients = ProgramNeed.onThisMachine("ssh", "ssh-keygen");
        List<String> missing = new ArrayList<>(clients.missing());
        if (RealSshd.program() == null) {
            missing.add("sshd");
        }
        need = new ProgramNeed(List.copyOf(missing), clients.required());
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return need.result();
    }
}
