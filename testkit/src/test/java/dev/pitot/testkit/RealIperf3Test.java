package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

@ExtendWith(RealIperf3Test.OwnContext.class)
class RealIperf3Test {
    @Test
    void runsWhereThereIsAnIperf3(ExtensionContext context) {
        var result = new RealIperf3(true, true).evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isFalse();
    }

    @Test
    void skipsWithTheReasonWhereThereIsNone(ExtensionContext context) {
        var result = new RealIperf3(false, false).evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no iperf3 on PATH"));
    }

    @Test
    void failsWhereItMustNotBeMissing(ExtensionContext context) {
        var strict = new RealIperf3(false, true);

        assertThatIllegalStateException()
                .isThrownBy(() -> strict.evaluateExecutionCondition(context))
                .withMessageContainingAll("no iperf3 on PATH", "CI=true");
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
