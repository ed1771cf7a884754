package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
    static List<Option> options() {
        return OptionTable.ALL;
    }

    @ParameterizedTest
    @MethodSource("options")
    void tellsOfEveryOption(Option option) {
        String help = CommandLine.help();

        boolean isListed = help.lines().anyMatch(line -> line.matches("  (-. *, *)?" + option + "([ =<\\[,].*)?"));

        assertThat(isListed).isTrue();
        assertThat(option.help()).isNotBlank();
        assertThat(help.replaceAll("\\s+", " ")).contains(option.help());
    }

    @Test
    void fitsInto80Columns() throws UsageException {
        String help = help() + help(CommandLine.LOOPBACK) + help(CommandLine.COMPLETION);

        assertThat(help.lines()).allMatch(line -> line.length() <= 80).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void hasNoPlaceholderLeft() {
        assertThat(CommandLine.help().lines()).noneMatch(line -> line.matches("\\{.* options}"));
    }

    @Test
    void loopbackTellsOfItsOwnOptionsOnly() throws UsageException {
        assertThat(help(CommandLine.LOOPBACK))
                .startsWith("Usage: pitot loopback [options]\n")
                .contains("\n  -f, --format ", "\n  -P, --parallel ", "\n  -h, --help ")
                .endsWith("\n")
                .doesNotContain("--server", "--reverse");
    }

    @Test
    void loopbackTellsOfItsOwnDefaults() throws UsageException {
        assertThat(help(CommandLine.LOOPBACK).replaceAll("\\s+", " "))
                .contains("time in seconds for each direction (default 5 secs)")
                .doesNotContain("default 10", "SCTP");
        assertThat(OptionTable.LOOPBACK)
                .allSatisfy(option -> assertThat(option.manual()).doesNotContain("--fq-rate", "With 0 a test"));
    }

    @Test
    void completionTellsHowToInstallIt() throws UsageException {
        assertThat(help(CommandLine.COMPLETION)).startsWith("Usage: pitot completion bash|zsh|fish\n");
    }

    private static String help(String... command) throws UsageException {
        List<String> line =
                Stream.concat(Stream.of(command), Stream.of("--help")).toList();
        return ((Request.Help) CommandLine.parse(line, () -> null, Environment.NONE)).text();
    }

    @Test
    void writesAnOptionBesideItsTextWhereThereIsRoomAndAboveItElsewhere() {
        assertThat(CommandLine.help()).contains("""
                  -p, --port      #         server port to listen on/connect to
                """).contains("""
                  --timestamps<=format>     emit a timestamp at the start of each output line
                                            (optional "=" and format string as per strftime(3))
                """).contains("""
                  -c, --client <host>[%<dev>]
                                            run in client mode, connecting to <host> (optional
                                            <dev> is the same as --bind-dev <dev>)
                """);
    }
}
