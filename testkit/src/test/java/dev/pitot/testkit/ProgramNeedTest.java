package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramNeedTest {
    @Test
    void runsWhereAllProgramsAreThere() {
        assertThat(new ProgramNeed(List.of(), true).result().isDisabled()).isFalse();
    }

    @Test
    void skipsAndSaysWhichAreMissing() {
        var result = new ProgramNeed(List.of("prometheus", "promtool"), false).result();

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .hasValue("no prometheus, no promtool on PATH (./verify installs them where it may)");
    }

    @Test
    void failsWhereNoneMayBeMissing() {
        var strict = new ProgramNeed(List.of("promtool"), true);

        assertThatIllegalStateException()
                .isThrownBy(strict::result)
                .withMessage("no promtool on PATH (./verify installs them where it may), and CI=true");
    }

    @Test
    void findsWhatIsMissingOnThisMachine() {
        assertThat(ProgramNeed.onThisMachine("no-such-program-anywhere").missing())
                .containsExactly("no-such-program-anywhere");
    }
}
