package dev.pitot.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
    @TempDir
    private Path below;

    @Test
    void aSessionOfFourTestsIsKeptToTheLetter() throws IOException, StoreException {
        ResultsFolder folder = FourTests.write(below);

        assertThat(folder.path()).isEqualTo(below.resolve("tate_71_2026_11_21"));
        assertThat(folder.faults()).isEmpty();
        assertThat(FolderText.of(folder.path())).isEqualTo(golden("four-tests.txt"));
    }

    @Test
    void theSummaryForPeopleIsOneTable() throws IOException, StoreException {
        SessionSummary summary = FourTests.write(below).finish();

        assertThat(summary.text()).isEqualTo(golden("four-tests-summary.txt"));
        assertThat(summary.counts()).isEqualTo(new SessionSummary.Counts(1, 1, 1, 1));
    }

    @Test
    void nothingIsEverOverwritten() throws IOException, StoreException {
        Path first = FourTests.write(below).path();
        String before = FolderText.of(first);
        Path second = FourTests.write(below).path();
        Path third = FourTests.write(below).path();

        assertThat(second).isEqualTo(below.resolve("tate_71_2026_11_21_002"));
        assertThat(third).isEqualTo(below.resolve("tate_71_2026_11_21_003"));
        assertThat(FolderText.of(first)).isEqualTo(before).isEqualTo(FolderText.of(third));
    }

    @Test
    void withoutAFolderInThePlanTheTitleNamesIt() throws StoreException {
        try (ResultsFolder folder = Samples.folder(below, Samples.plan(null, "../a b", FourTests.FIRST))) {
            assertThat(folder.path()).isEqualTo(below.resolve("a_b_2026_11_21"));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsOneSentence() throws IOException {
        Files.createFile(below.resolve("file"));

        assertThatThrownBy(() -> Samples.folder(below, Samples.plan("file/x", "t", FourTests.FIRST)))
                .isInstanceOf(StoreException.class)
                .hasMessage("The folder for results, " + below.resolve("file/x") + ", could not be made (File exists):"
                        + " nothing is kept in it. Check the place for results.");
        assertThatThrownBy(() -> Samples.folder(below, Samples.plan("a\0b", "t", FourTests.FIRST)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("The plan's folder for results has no possible name: ");
    }

    @Test
    void aCrashIsKeptWithItsTrace() throws IOException, StoreException {
        try (ResultsFolder folder = Samples.folder(below, FourTests.PLAN)) {
            folder.crash("reading a line", new IllegalStateException("broken\nbadly"));
            folder.crash("reading a line", new IllegalStateException("again"));

            assertThat(Samples.text(folder, "crash/crash_20261121173000.txt"))
                    .startsWith("reading a line\njava.lang.IllegalStateException: broken\nbadly\n\tat ");
            assertThat(folder.path().resolve("crash/crash_20261121173000_002.txt"))
                    .exists();
            assertThat(Samples.text(folder, "session.log"))
                    .isEqualTo("2026-11-21T17:30:00.000+05:30 **** Crashed: reading a line:"
                            + " java.lang.IllegalStateException: broken?badly ****\n"
                            + "2026-11-21T17:30:00.000+05:30 **** Crashed: reading a line:"
                            + " java.lang.IllegalStateException: again ****\n");
        }
    }

    @Test
    void aWatchersFileHasASafeNameOfItsOwn() throws StoreException, IOException {
        try (ResultsFolder folder = Samples.folder(below, FourTests.PLAN)) {
            LineFile first = folder.file("logs", "rssi_tate", "csv");
            LineFile second = folder.file("logs", "rssi_tate", "csv");
            LineFile hostile = folder.file("..", "../../etc/passwd", "/");
            first.line("time,rssi");

            assertThat(first.name()).isEqualTo("logs/rssi_tate.csv");
            assertThat(second.name()).isEqualTo("logs/rssi_tate_002.csv");
            assertThat(hostile.name()).isEqualTo("other/etc_passwd.txt");
            assertThat(Samples.text(folder, "logs/rssi_tate.csv")).isEqualTo("time,rssi\n");
            assertThat(Samples.text(folder, "files.csv")).contains("logs/rssi_tate.csv,logs,,,,,,,,\n");
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ResultsFolderTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
