package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

@ExtendWith(RealPidNamespaceTest.OwnContext.class)
class RealPidNamespaceTest {
    @Test
    void runsWhereNamespacesArePermitted(ExtensionContext context) {
        var result = new RealPidNamespace(true, true).evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isFalse();
    }

    @Test
    void skipsWithTheReasonWhereTheyAreNot(ExtensionContext context) {
        var result = new RealPidNamespace(false, false).evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("not permitted here"));
    }

    @Test
    void failsWhereTheyMustBePermitted(ExtensionContext context) {
        var strict = new RealPidNamespace(false, true);

        assertThatIllegalStateException()
                .isThrownBy(() -> strict.evaluateExecutionCondition(context))
                .withMessageContainingAll("not permitted here", "CI=true");
    }

    /// Hands a test its own context.
    static final class OwnContext implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context)
                throws ParameterResolutionException {
            return parameter.getParameter().getType() == ExtensionContext.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context)
                throws ParameterResolutionException {
            return context;
        }
    }
}
