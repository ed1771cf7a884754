package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {
    @ParameterizedTest
    @EnumSource(Option.class)
    void tellsOfEveryOption(Option option) {
        String help = CommandLine.help();

        boolean isListed = help.lines().anyMatch(line -> line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?"));

        assertThat(isListed).isTrue();
    }
}
