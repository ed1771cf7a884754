package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

@ExtendWith(RealIperf3Test.OwnContext.class)
class RealNamespacesTest {
    private record Machine(
            boolean permits, Set<String> programs, @Nullable String trouble) implements RealNamespaces.Machine {
        @Override
        public boolean has(String program) {
            return programs.contains(program);
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.ofNullable(trouble);
        }
    }

    private static final Set<String> ALL = Set.of("ip", "nft");

    private static String reason(ConditionEvaluationResult result) {
        return result.getReason().orElseThrow();
    }

    @Test
    void runsWhereAllIsThere(ExtensionContext context) {
        var able = new RealNamespaces(new Machine(true, ALL, null), true);

        assertThat(able.evaluateExecutionCondition(context).isDisabled()).isFalse();
    }

    @Test
    void skipsWithTheReasonWhereNamespacesAreNotPermittedEvenInCi(ExtensionContext context) {
        var confined = new RealNamespaces(new Machine(false, Set.of(), null), true);

        ConditionEvaluationResult result = confined.evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isTrue();
        assertThat(reason(result)).contains("not permitted");
    }

    @Test
    void skipsWithTheReasonWhereAProgramIsMissing(ExtensionContext context) {
        var poor = new RealNamespaces(new Machine(true, Set.of("ip"), null), false);

        ConditionEvaluationResult result = poor.evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isTrue();
        assertThat(reason(result)).contains("no nft on PATH");
    }

    @Test
    void failsWhereTheProgramsMustNotBeMissing(ExtensionContext context) {
        var strict = new RealNamespaces(new Machine(true, Set.of(), null), true);

        assertThatIllegalStateException()
                .isThrownBy(() -> strict.evaluateExecutionCondition(context))
                .withMessageContainingAll("no ip, no nft on PATH", "CI=true");
    }

    @Test
    void skipsWithTheSystemsWordsWhereItCannot(ExtensionContext context) {
        var old = new RealNamespaces(new Machine(true, ALL, "Unknown device type"), true);

        ConditionEvaluationResult result = old.evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isTrue();
        assertThat(reason(result)).contains("Unknown device type");
    }
}
