package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Option;
import dev.pitot.testkit.Golden;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/compatibility.md is complete, and every test that it names exists.
class CompatibilityTableTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern GOLDEN = Pattern.compile("golden: ([\\w-]+)");

    static Stream<Option> options() {
        return CommandLine.options().stream();
    }

    static Stream<String> recordings() {
        return Golden.all().stream().map(Golden::name).distinct();
    }

    static Stream<String> proofs() throws IOException {
        return Stream.of("Ends, protocols and forms", "Options", "Warnings", "Text and names of files", "Mended")
                .flatMap(section -> rows(section).stream())
                .map(List::getLast)
                .flatMap(cell -> Stream.of(cell.split(", ")));
    }

    @Test
    void allOptionsAreFound() throws IOException {
        assertThat(options()).hasSizeGreaterThan(70);
        assertThat(recordings()).hasSizeGreaterThan(90);
        assertThat(proofs()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionHasOneRowWithAllItsNamesAndItsEnd(Option option) {
        List<List<String>> rows = rows("Options").stream()
                .filter(row -> codes(row.getFirst()).equals(Set.copyOf(option.spellings())))
                .toList();

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().get(1)).isEqualTo(option.role().name().toLowerCase(Locale.ROOT));
    }

    @Test
    void noRowIsAboutAnOptionThatIsNone() {
        assertThat(rows("Options")).hasSize((int) options().count());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyRecordingHasOneRow(String recording) {
        List<String> rows = rows("Recordings").stream()
                .map(List::getFirst)
                .filter(cases -> codes(cases).stream().anyMatch(pattern -> fits(pattern, recording)))
                .toList();

        assertThat(rows).hasSize(1);
    }

    @Test
    void noRowIsAboutARecordingThatIsNotThere() throws IOException {
        List<String> recordings = recordings().toList();

        assertThat(rows("Recordings").stream().flatMap(row -> codes(row.getFirst()).stream()))
                .allMatch(pattern -> recordings.stream().anyMatch(recording -> fits(pattern, recording)));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void everyProofIsThere(String proof) throws IOException {
        Matcher golden = GOLDEN.matcher(proof);
        if (golden.matches()) {
            assertThat(recordings()).contains(golden.group(1));
        } else {
            Proof.assertThere(proof);
        }
    }

    private static boolean fits(String pattern, String recording) {
        return recording.matches(pattern.replace("*", ".*"));
    }

    private static Set<String> codes(String cell) {
        Set<String> codes = new HashSet<>();
        CODE.matcher(cell).results().forEach(code -> codes.add(code.group(1)));
        return codes;
    }

    private static List<List<String>> rows(String section) {
        return Proof.rows("compatibility.md", section);
    }
}
