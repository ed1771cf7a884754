package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pitot.testkit.ToolPresence.Found;
import dev.pitot.testkit.ToolPresence.Impossible;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class NeedsConditionTest {
    private static final ToolPresence MISSING = ToolPresence.without(List.of("prometheus", "promtool"));
    private static final String REASON =
            "no prometheus, no promtool on PATH (./verify installs them if it is permitted to)";
    private static final Tool[] BOTH = {Tool.SSHD, Tool.PROMETHEUS};

    private static ConditionEvaluationResult result(ToolPresence prometheus, boolean required) {
        return new NeedsCondition(required).result(BOTH, tool -> tool == Tool.SSHD ? new Found() : prometheus);
    }

    @Test
    void runsWhereAllIsThere() {
        assertThat(result(ToolPresence.without(List.of()), true).isDisabled()).isFalse();
    }

    @Test
    void skipsAndSaysWhatIsMissing() {
        assertThat(result(MISSING, false).isDisabled()).isTrue();
        assertThat(result(MISSING, false).getReason()).hasValue(REASON);
    }

    @Test
    void failsWhereNothingMayBeMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> result(MISSING, true))
                .withMessage(REASON + ", and CI=true");
    }

    @Test
    void skipsWhatTheSystemRefusesEvenWhereNothingMayBeMissing() {
        assertThat(result(new Impossible("not permitted"), true).isDisabled()).isTrue();
    }

    @Test
    void aProgramThatIsNotOnThePathIsMissing() {
        assertThat(SearchPath.ofThisProcess().has("no-such-program-anywhere")).isFalse();
        assertThat(SearchPath.ofThisProcess().has("sh")).isTrue();
    }

    @Test
    @Needs(Tool.PID_NAMESPACE)
    void aToolThatIsThereIsFound() {
        assertThat(Tool.PID_NAMESPACE.presence()).isEqualTo(new Found());
    }
}
