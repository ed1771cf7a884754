package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
    @TempDir
    private Path below;

    @Test
    void aSessionOfFourTestsIsKeptToTheLetter() throws IOException, ResultsException {
        ResultsFolder folder = FourTestsFixture.write(below);

        assertThat(folder.path()).isEqualTo(below.resolve("tate_71_2026_11_21"));
        assertThat(folder.faults()).isEmpty();
        assertThat(FolderText.of(folder.path())).isEqualTo(golden("four-tests.txt"));
    }

    @Test
    void theSummaryForPeopleIsOneTable() throws IOException, ResultsException {
        SessionSummary summary = FourTestsFixture.write(below).finish();

        assertThat(summary.text()).isEqualTo(golden("four-tests-summary.txt"));
        assertThat(summary.counts()).isEqualTo(new SessionSummary.Counts(1, 1, 1, 1));
    }

    @Test
    void nothingIsEverOverwritten() throws IOException, ResultsException {
        Path first = FourTestsFixture.write(below).path();
        String before = FolderText.of(first);
        Path second = FourTestsFixture.write(below).path();
        Path third = FourTestsFixture.write(below).path();

        assertThat(second).isEqualTo(below.resolve("tate_71_2026_11_21_002"));
        assertThat(third).isEqualTo(below.resolve("tate_71_2026_11_21_003"));
        assertThat(FolderText.of(first)).isEqualTo(before).isEqualTo(FolderText.of(third));
    }

    @Test
    void withoutAFolderInThePlanTheTitleNamesIt() throws ResultsException {
        try (ResultsFolder folder =
                ResultFixtures.folder(below, ResultFixtures.plan(null, "../a b", FourTestsFixture.FIRST))) {
            assertThat(folder.path()).isEqualTo(below.resolve("a_b_2026_11_21"));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsOneSentence() throws IOException {
        Files.createFile(below.resolve("file"));

        assertThatThrownBy(
                        () -> ResultFixtures.folder(below, ResultFixtures.plan("file/x", "t", FourTestsFixture.FIRST)))
                .isInstanceOf(ResultsException.class)
                .hasMessage("The folder for results, " + below.resolve("file/x") + ", could not be made (File exists):"
                        + " nothing is kept in it. Check the place for results.");
        assertThatThrownBy(() -> ResultFixtures.folder(below, ResultFixtures.plan("a\0b", "t", FourTestsFixture.FIRST)))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith("The plan's folder for results has no possible name: ");
    }

    @Test
    void aFolderThatIsMovedOrRemovedEndsTheSessionAsAFullDiskDoes() throws IOException, ResultsException {
        for (String how : List.of("moved", "removed", "replaced")) {
            try (ResultsFolder folder = ResultFixtures.folder(below, FourTestsFixture.PLAN)) {
                folder.keep(result());
                assertThat(folder.diskFailure()).isNotDone();
                Path journal = folder.path().resolve("results.jsonl");
                switch (how) {
                    case "moved" -> Files.move(folder.path(), below.resolve("elsewhere"));
                    case "removed" -> Files.delete(journal);
                    default -> Files.copy(Files.move(journal, below.resolve("kept")), journal);
                }
                folder.keep(result());

                assertThat(folder.diskFailure()).isCompletedWithValue(journal + " was removed, moved or replaced");
                folder.finish();
                if (how.equals("moved")) {
                    assertThat(folder.file("logs", "late", "csv").fault()).hasMessageContaining("No such file");
                    assertThat(folder.path()).doesNotExist();
                    assertThat(below.resolve("elsewhere/results.jsonl"))
                            .content()
                            .hasLineCount(2);
                }
            }
        }
    }

    @Test
    void aFolderThatGoesAfterTheLastTestIsToldToo() throws IOException, ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(below, FourTestsFixture.PLAN)) {
            folder.keep(result());
            Files.move(folder.path(), below.resolve("elsewhere"));
            folder.finish();

            assertThat(folder.diskFailure().getNow("")).endsWith("results.jsonl was removed, moved or replaced");
        }
    }

    private static RunResult result() {
        return ResultFixtures.result(FourTestsFixture.FIRST, ResultFixtures.nothing(), ResultFixtures.passed());
    }

    @Test
    void aCrashIsKeptWithItsTrace() throws IOException, ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(below, FourTestsFixture.PLAN)) {
            folder.crash("reading a line", new IllegalStateException("broken\nbadly"));
            folder.crash("reading a line", new IllegalStateException("again"));

            assertThat(ResultFixtures.text(folder, "crash/crash_20261121173000.txt"))
                    .startsWith("reading a line\njava.lang.IllegalStateException: broken\nbadly\n\tat ");
            assertThat(folder.path().resolve("crash/crash_20261121173000_002.txt"))
                    .exists();
            assertThat(ResultFixtures.text(folder, "session.log"))
                    .isEqualTo("2026-11-21T17:30:00.000+05:30 **** Crashed: reading a line:"
                            + " java.lang.IllegalStateException: broken?badly ****\n"
                            + "2026-11-21T17:30:00.000+05:30 **** Crashed: reading a line:"
                            + " java.lang.IllegalStateException: again ****\n");
        }
    }

    @Test
    void aWatchersFileHasASafeNameOfItsOwn() throws ResultsException, IOException {
        try (ResultsFolder folder = ResultFixtures.folder(below, FourTestsFixture.PLAN)) {
            ResultFile first = folder.file("logs", "rssi_tate", "csv");
            ResultFile second = folder.file("logs", "rssi_tate", "csv");
            ResultFile hostile = folder.file("..", "../../etc/passwd", "/");
            first.line("time,rssi");

            assertThat(first.name()).isEqualTo("logs/rssi_tate.csv");
            assertThat(second.name()).isEqualTo("logs/rssi_tate_002.csv");
            assertThat(hostile.name()).isEqualTo("other/etc_passwd.txt");
            assertThat(ResultFixtures.text(folder, "logs/rssi_tate.csv")).isEqualTo("time,rssi\n");
            assertThat(ResultFixtures.text(folder, "files.csv")).contains("logs/rssi_tate.csv,logs,,,,,,,,\n");
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ResultsFolderTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
