package dev.pitot.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {
    @ParameterizedTest
    @EnumSource(Option.class)
    void tellsOfEveryOption(Option option) throws IOException {
        String help;
        try (InputStream resource = CommandLine.class.getResourceAsStream("/dev/pitot/cli/help.txt")) {
            assertThat(resource).isNotNull();
            help = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }

        boolean isListed = help.lines().anyMatch(line -> line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?"));

        assertThat(isListed).isTrue();
    }
}
