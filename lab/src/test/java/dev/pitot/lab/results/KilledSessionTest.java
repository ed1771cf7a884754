package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Signal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Sessions in processes of their own, to which something happens.
@Timeout(180)
class KilledSessionTest {
    private static final String SECOND_TX =
            "raw_iperf/upstream_tx_tcp_tate_parallel_2_quick_r2_tate_71_20261121173000.iperf";
    private static final String SECOND_RX =
            "raw_iperf/upstream_rx_tcp_tate_parallel_2_quick_r2_tate_71_20261121173000.iperf";

    @TempDir
    private Path below;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatHadArrivedOutlivesAKill() throws IOException, ResultsException, InterruptedException {
        String told;
        try (ChildProcess writer = ChildProcess.start(List.of("sh", "-c", "exec " + program("100000000")))) {
            writer.awaitStdout("told 500\n");
            Results live = Results.read(below.resolve("tate_71_2026_11_21"));
            assertThatThrownBy(live::summarize).hasMessageContaining("is still running: wait for its end");
            assertThatThrownBy(() -> SessionContinuation.of(live, FourTestsFixture.PLAN, false, _ -> true))
                    .hasMessageContaining("is still running: wait for its end");
            writer.send(Signal.KILL);
            writer.awaitExit();
            told = writer.stdout();
        }
        long lastTold = told.lines().filter(line -> line.startsWith("told ")).count() - 1; // the last may be cut off
        Path folder = below.resolve("tate_71_2026_11_21");
        List<String> kept = Files.readAllLines(folder.resolve(SECOND_TX));

        assertThat(lastTold).isGreaterThanOrEqualTo(499);
        assertThat(kept).hasSizeGreaterThanOrEqualTo((int) lastTold);
        for (int i = 0; i < lastTold; i++) {
            assertThat(kept.get(i)).endsWith("+05:30,line " + (i + 1));
        }
        assertThat(Results.read(folder).summarize().runs()).hasSize(1);
        assertThat(SessionContinuation.of(Results.read(folder), FourTestsFixture.PLAN, false, _ -> true)
                        .left())
                .isEqualTo(3);
        assertThat(Results.sessions(below))
                .singleElement()
                .extracting(
                        results -> results.session().planned(),
                        results -> results.summary().counts())
                .containsExactly(4, new SessionSummary.Counts(1, 0, 0, 0));
        assertThat(Files.readString(folder.resolve("files.csv"))).contains(SECOND_TX + ",raw,2,2,1,quick,");
    }

    /// The system's own limit of a file's size stands for a full disk.
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatTakesNoMoreEndsAloneAndTheOthersGoOn() throws IOException, ResultsException, InterruptedException {
        ChildProcess.Exit exit;
        try (ChildProcess writer = ChildProcess.start(
                List.of("bash", "-c", "ulimit -f 16; exec " + program("20000").replace("-cp", "-Dquiet=true -cp")))) {
            exit = writer.awaitExit();
        }
        Path folder = below.resolve("tate_71_2026_11_21");

        assertThat(exit.stdout())
                .isEqualTo("FAILED " + SECOND_TX + " could not be written (File too large): what came after is not in"
                        + " it. Make room, then run the test again.\n"
                        + "1 passed, 0 missed, 1 failed, 0 stopped []\n");
        assertThat(folder.resolve(SECOND_TX)).hasSize(16 << 10);
        assertThat(folder.resolve(SECOND_RX)).hasContent("2026-11-21T17:30:00.000+05:30,short\n");
        assertThat(Results.read(folder).runs()).hasSize(2);
        assertThat(folder.resolve("junit.xml")).isNotEmptyFile();
    }

    /// The tests' classes come last: on a module path they are no entry of their own.
    private String program(String lines) {
        String classPath = Stream.of(
                        System.getProperty("java.class.path", ""),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "'%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp '%s' %s '%s' %s"
                .formatted(java, classPath, WriterProgram.class.getName(), below, lines);
    }
}
