package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {
    @TempDir
    private Path below;

    @Test
    void whatWasKeptIsReadBackExactly() throws ResultsException {
        Row odd = new Row(
                Row.Kind.TOTAL,
                new Row.Series(null, null),
                0.000125,
                10.000061,
                new Row.Amounts(
                        new RoundedValue(9_007_199_254_740_991.0, 0.5), new RoundedValue(94_123_456.789_012_34, 5e3)),
                new Row.Details(0L, 1L, 2L, 3L, 0.1));
        RunResult result = ResultFixtures.result(
                FourTestsFixture.THIRD,
                new Measurements(
                        List.of(odd, ResultFixtures.interval(7, 1, 3)),
                        List.of(ResultFixtures.total(1, false, 1e300)),
                        List.of("a,b"),
                        Observations.NONE),
                new Verdict(
                        Verdict.Kind.MISSED,
                        ErrorKind.BUSY,
                        "\u0000 \ud83d\ude00 \"\n",
                        List.of(ResultFixtures.WHOLE)));
        try (ResultsFolder folder = ResultFixtures.folder(below, FourTestsFixture.PLAN)) {
            folder.keep(result);

            assertThat(Results.read(folder.path()).runs()).containsExactly(result);
            assertThat(Results.read(folder.path()).unreadable()).isZero();
        }
    }

    @Test
    void sessionsAreListedWithWhatBecameOfTheirTests() throws ResultsException, IOException {
        FourTestsFixture.write(below);
        Files.createDirectory(below.resolve("no session"));
        Files.createFile(below.resolve("file"));

        assertThat(Results.sessions(below)).singleElement().satisfies(results -> {
            assertThat(results.folder()).isEqualTo(below.resolve("tate_71_2026_11_21"));
            assertThat(results.session())
                    .isEqualTo(new Results.SessionInfo(
                            "tate 71", ResultFixtures.NOON, ResultFixtures.ZONE, 4, null, List.of()));
            assertThat(results.summary().counts()).isEqualTo(new SessionSummary.Counts(1, 1, 1, 1));
        });
    }

    @Test
    void aLineThatWasCutOffIsCountedAndTheOthersAreRead() throws ResultsException, IOException {
        Path folder = FourTestsFixture.write(below).path();
        Path file = folder.resolve("results.jsonl");
        Files.writeString(file, "{}\n{\"number\":1,\"repeti\nnull\n{\"number\":\"\u00e4\"}", StandardOpenOption.APPEND);
        Files.write(file, new byte[] {(byte) 0xc3}, StandardOpenOption.APPEND);
        Results results = Results.read(folder);

        assertThat(results.runs()).hasSize(5);
        assertThat(results.unreadable()).isEqualTo(4);
        assertThat(Results.sessions(below)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "5", "4294967297", "1e0", "9223372036854775808", "\"1\""})
    void aNumberThatThePlanDoesNotHaveIsNoResult(String number) throws ResultsException, IOException {
        Path folder = FourTestsFixture.write(below).path();
        Path file = folder.resolve("results.jsonl");
        String first = Files.readAllLines(file).getFirst();
        Files.writeString(
                file, first.replace("\"number\":1,", "\"number\":" + number + ",") + "\n", StandardOpenOption.APPEND);
        Results results = Results.read(folder);

        assertThat(results.runs()).hasSize(5);
        assertThat(results.unreadable()).isEqualTo(1);
        assertThat(results.missing()).isZero();
        assertThat(results.unreadableLines().orElseThrow()).startsWith("1 line of " + file + " cannot be read: ");
    }

    @Test
    void testsWithoutAResultAreCounted() throws ResultsException, IOException {
        Path folder = FourTestsFixture.write(below).path();
        Path file = folder.resolve("results.jsonl");
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");

        assertThat(Results.read(folder).missing()).isEqualTo(3);
        assertThat(Results.read(folder).unreadableLines()).isEmpty();
    }

    @Test
    void noResultsIsOneSentence() {
        assertThatThrownBy(() -> Results.read(below))
                .isInstanceOf(ResultsException.class)
                .hasMessage(below.resolve("session.json")
                        + " cannot be read as results of a session: No such file or directory.");
        assertThatThrownBy(() -> Results.sessions(below.resolve("none"))).isInstanceOf(ResultsException.class);
    }
}
