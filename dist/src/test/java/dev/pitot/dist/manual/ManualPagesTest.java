package dev.pitot.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.cli.OwnCommands;
import dev.pitot.command.CommandLine;
import dev.pitot.command.Option;
import dev.pitot.command.OptionTable;
import dev.pitot.lab.plan.SamplePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManualPagesTest {
    private static final Pattern SECTION = Pattern.compile("\\.SH \"(.*)\"\n((?:(?!\\.SH ).*\n)*)");
    private static final Pattern TABLE =
            Pattern.compile("(?s)\"properties\": \\{\n(.*?)\n}, \"additionalProperties\": false");
    private static final Pattern KEY = Pattern.compile("(?m)^  \"([a-z_0-9]+)\": ");

    @Test
    void hasTheSectionsThatReadersOfIperf3sPageExpect() throws Exception {
        assertThat(sections("pitot").stream().map(section -> section.group(1)))
                .containsExactly(
                        "NAME",
                        "SYNOPSIS",
                        "DESCRIPTION",
                        "GENERAL OPTIONS",
                        "SERVER SPECIFIC OPTIONS",
                        "CLIENT SPECIFIC OPTIONS",
                        "LIVE METRICS",
                        "COMMANDS",
                        "EXAMPLES",
                        "ENVIRONMENT",
                        "FILES",
                        "EXIT STATUS",
                        "DIFFERENCES FROM IPERF3",
                        "SEE ALSO");
    }

    @Test
    void hasEveryOptionWithItsLetterInTheSectionOfItsTable() throws Exception {
        Map<String, List<Option>> tables = Map.of(
                "GENERAL OPTIONS", OptionTable.COMMON,
                "SERVER SPECIFIC OPTIONS", OptionTable.SERVER,
                "CLIENT SPECIFIC OPTIONS", OptionTable.CLIENT,
                "LIVE METRICS", OptionTable.METRICS);

        assertThat(tables.values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(CommandLine.options());
        for (Map.Entry<String, List<Option>> table : tables.entrySet()) {
            assertThat(terms(section("pitot", table.getKey())))
                    .zipSatisfy(
                            table.getValue(),
                            (term, option) -> assertThat(term)
                                    .matches(Pattern.quote(String.join(", ", option.spellings())) + "([ =\\[].*)?"));
        }
        assertThat(terms(section("pitot-loopback", "OPTIONS"))).hasSameSizeAs(OptionTable.LOOPBACK);
    }

    @Test
    void hasThePageOfEachCommandAndNamesIt() throws Exception {
        String commands = section("pitot", "COMMANDS");

        for (String command : OwnCommands.NAMES) {
            assertThat(commands).contains("\npitot " + command);
        }
        assertThat(ManualPages.commands()).hasSize(OwnCommands.NAMES.size()); // pitot itself has help
        assertThat(section("pitot", "SEE ALSO"))
                .contains(ManualPages.commands().stream().skip(1).toList());
    }

    @Test
    void hasEveryOptionAndArgumentOfEachCommand() throws Exception {
        for (Map.Entry<String, CommandSpec> command : OwnCommands.specs().entrySet()) {
            String page = WrittenPages.plain("pitot-" + command.getKey());
            Map<String, picocli.CommandLine> subcommands = command.getValue().subcommands();
            if (subcommands.isEmpty()) {
                assertHasAll(page, command.getValue());
            }
            for (Map.Entry<String, picocli.CommandLine> sub : subcommands.entrySet()) {
                String heading = ".SS \"pitot " + command.getKey() + " " + sub.getKey() + "\"\n";
                assertThat(page).contains(heading);
                assertHasAll(
                        page.substring(page.indexOf(heading)).split("\n\\.S[HS] ", 2)[0],
                        sub.getValue().getCommandSpec());
            }
        }
    }

    private static void assertHasAll(String part, CommandSpec command) {
        List<String> expected = Stream.concat(
                        command.positionalParameters().stream().map(ArgSpec::paramLabel),
                        command.options().stream().map(ManualPagesTest::term))
                .toList();

        assertThat(terms(part)).startsWith(expected.toArray(String[]::new));
    }

    private static String term(OptionSpec option) {
        return String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
    }

    @Test
    void hasEveryKeyOfPlans() throws Exception {
        List<String> terms = terms(WrittenPages.plainText(WrittenPages.PAGES.plan()));
        List<String> keys = TABLE.matcher(SamplePlan.schema())
                .results()
                .flatMap(table -> KEY.matcher(table.group(1)).results().map(key -> key.group(1)))
                .toList();

        assertThat(keys).hasSizeGreaterThan(90).contains("traffic_pc", "wait", "peer", "env", "threshold");
        for (String key : keys.stream().distinct().toList()) {
            assertThat(occurrences(terms, key)).as(key).isGreaterThanOrEqualTo(occurrences(keys, key));
        }
    }

    private static long occurrences(List<String> words, String word) {
        return words.stream().filter(word::equals).count();
    }

    @Test
    void namesTheVariableOfEachOptionForMetrics() throws Exception {
        assertThat(section("pitot", "ENVIRONMENT"))
                .contains(OptionTable.variables())
                .contains("IPERF3_PUSH_URL", "IPERF3_METRICS_LABELS", "IPERF3_PASSWORD", "PITOT_JAVA_OPTS");
    }

    @Test
    void refusesAnOptionWithoutText() {
        CommandSpec command = CommandSpec.create();
        command.addOption(OptionSpec.builder("-q", "--quick").build());

        assertThatThrownBy(() -> OptionItems.write(command, new ManualPage("x", 1, "2026-01-31", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--quick has no text for its manual page: give it a help");
    }

    @Test
    void isTheSameEachTimeAndHasTheDateAndTheVersionOfTheBuild(@TempDir Path folder) throws Exception {
        WrittenPages.PAGES.write(folder);

        Path page = folder.resolve("man1/pitot.1");
        assertThat(page).content().isEqualTo(WrittenPages.PAGES.command("pitot"));
        assertThat(Files.readAllLines(page).getFirst())
                .isEqualTo(".TH \"PITOT\" 1 2026-01-31 \"Pitot 1.2.3\" \"User Commands\"");
        assertThat(folder.resolve("man5/pitot-plan.5")).content().isEqualTo(WrittenPages.PAGES.plan());
    }

    static List<String> commands() {
        return ManualPages.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void beginsWithWhatAproposShows(String command) throws Exception {
        assertThat(section(command, "NAME")).matches(command + " - [a-z].*[^.]\n");
    }

    private static String section(String command, String title) throws IOException {
        return sections(command).stream()
                .filter(section -> section.group(1).equals(title))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    private static List<MatchResult> sections(String command) throws IOException {
        return SECTION.matcher(WrittenPages.plain(command)).results().toList();
    }

    /// The terms that are explained.
    private static List<String> terms(String page) {
        return Pattern.compile("(?m)^\\.TP\n(.*)$")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
