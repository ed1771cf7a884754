package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Environment;
import dev.pitot.command.Option;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers on command lines are parsed as docs/compatibility.md states, and no option with a number is
/// missing there.
class NumbersTableTest {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final String REFUSED = "refused";

    /// One value of one option in the table.
    ///
    /// @param upstream the value that iperf3 reads
    /// @param own the value that Pitot reads
    record Reading(String option, boolean isForServers, String value, String upstream, String own) {
        Request request(String text) throws UsageException {
            List<String> line = new ArrayList<>(isForServers ? List.of("-s") : List.of("-c", "h", "-R"));
            line.add(option + "=" + text);
            return CommandLine.parse(line, () -> null, Environment.NONE);
        }

        @Override
        public String toString() {
            return option + "='" + value + "'";
        }
    }

    static Stream<Reading> readings() {
        Set<String> ofServers = options()
                .filter(option -> option.role() == Option.Role.SERVER)
                .map(Option::toString)
                .collect(Collectors.toSet());
        return Proof.rows("compatibility.md", "Numbers").stream()
                .flatMap(row -> codes(row.getFirst())
                        .map(option -> new Reading(
                                option,
                                ofServers.contains(option),
                                row.get(1).equals("``")
                                        ? ""
                                        : codes(row.get(1)).findFirst().orElseThrow(),
                                row.get(2),
                                row.get(3))));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void aValueIsReadAsTheTableSays(Reading reading) throws UsageException {
        if (!reading.own().equals(REFUSED)) {
            String meaning = codes(reading.own()).findFirst().orElseThrow();
            assertThat(reading.request(reading.value())).isEqualTo(reading.request(meaning));
            return;
        }
        assertThatThrownBy(() -> reading.request(reading.value()))
                .isInstanceOf(UsageException.class)
                .satisfies(refusal -> {
                    if (!reading.upstream().startsWith(REFUSED)) { // otherwise iperf's own message
                        String value = reading.value();
                        int part = Math.max(value.indexOf('/'), value.equals("1,1x") ? 1 : -1);
                        assertThat(refusal)
                                .hasMessageContaining("'" + value.substring(part + 1) + "'")
                                .hasMessageContaining(" for " + reading.option() + ":");
                    }
                });
    }

    @Test
    void everyOptionThatTakesANumberIsThere() throws IOException {
        Set<String> withValue = options().map(Option::toString).collect(Collectors.toCollection(TreeSet::new));
        withValue.removeIf(option -> option.startsWith("--push.") || option.startsWith("--metrics."));
        String page = Files.readString(SourceTree.root().resolve("docs/compatibility.md"));
        int start = page.indexOf("\nNot numbers: ");
        List<String> others = codes(page.substring(start, page.indexOf("and what Pitot's own", start)))
                .toList();

        Set<String> named = readings().map(Reading::option).collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).doesNotContainAnyElementsOf(others);
        named.addAll(others);
        assertThat(named).isEqualTo(withValue);
    }

    private static Stream<Option> options() {
        return CommandLine.options().stream().filter(option -> option.argument() != Option.Argument.NONE);
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1));
    }
}
