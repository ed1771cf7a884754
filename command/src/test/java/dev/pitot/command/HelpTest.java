package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {
    @Test
    void fitsInto80Columns() throws UsageException {
        String help = help() + help(CommandLine.LOOPBACK) + help(CommandLine.COMPLETION);

        assertThat(help.lines()).allMatch(line -> line.length() <= 80).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void linesThatAreTooLongGoOnBesideTheOption() {
        String long1 = "  --name <value>            " + "word ".repeat(12).strip();
        String more = "                            and more\n                            (in brackets)";

        assertThat(HelpText.wrapped(long1 + "\n" + more)).isEqualTo("""
                          --name <value>            word word word word word word word word word word
                                                    word word and more
                                                    (in brackets)
                        """);
    }

    @Test
    void loopbackTellsOfItsOwnOptionsOnly() throws UsageException {
        assertThat(help(CommandLine.LOOPBACK))
                .startsWith("Usage: pitot loopback [options]\n")
                .contains("\n  -f, --format ", "\n  -P, --parallel ", "\n  -h, --help ")
                .doesNotContain("--server", "--reverse");
    }

    @Test
    void completionTellsHowToInstallIt() throws UsageException {
        assertThat(help(CommandLine.COMPLETION)).startsWith("Usage: pitot completion bash|zsh|fish\n");
    }

    private static String help(String... command) throws UsageException {
        List<String> line =
                Stream.concat(Stream.of(command), Stream.of("--help")).toList();
        return ((Request.Help) CommandLine.parse(line, () -> null, Variables.NONE)).text();
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void tellsOfEveryOption(Option option) {
        String help = CommandLine.help();

        boolean isListed = help.lines().anyMatch(line -> line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?"));

        assertThat(isListed).isTrue();
    }
}
