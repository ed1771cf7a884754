package dev.pitot.testkit;

import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/// Decides whether a test marked [Needs] runs.
public final class NeedsCondition implements ExecutionCondition {
    private static final Namespace PRESENCES = Namespace.create(NeedsCondition.class);

    private final boolean required;

    /// For JUnit: as the environment says.
    public NeedsCondition() {
        this("true".equals(System.getenv("CI")));
    }

    /// @param required true if tests must fail instead of being skipped when a tool is missing
    NeedsCondition(boolean required) {
        this.required = required;
    }

    /// Evaluated before each annotated class and method. Each tool is looked up once.
    ///
    /// @throws IllegalStateException if a required tool is missing; JUnit then fails the test
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(PRESENCES);
        return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                .map(needs ->
                        result(needs.value(), tool -> store.computeIfAbsent(tool, Tool::presence, ToolPresence.class)))
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs nothing"));
    }

    /// @param presence function that returns the presence of a tool
    ConditionEvaluationResult result(Tool[] tools, Function<Tool, ToolPresence> presence) {
        for (Tool tool : tools) {
            switch (presence.apply(tool)) {
                case ToolPresence.Found _ -> {}
                case ToolPresence.Missing(String reason) -> {
                    if (required) {
                        throw new IllegalStateException(reason + ", and CI=true");
                    }
                    return ConditionEvaluationResult.disabled(reason);
                }
                case ToolPresence.Impossible(String reason) -> {
                    return ConditionEvaluationResult.disabled(reason);
                }
            }
        }
        return ConditionEvaluationResult.enabled("found");
    }
}
