package dev.pitot.checks.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.golden.RecordingRunner.Played;
import dev.pitot.checks.program.Program;
import dev.pitot.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays every recording of iperf3 3.12 and 3.21 with Pitot in place of both programs, and compares
/// exit codes, every line of every stream, and every key of every document. If both versions had the
/// same command lines, Pitot runs once for both.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the recordings are from Linux")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@Tag("slow")
class GoldenWalkTest {
    private final RecordingRunner recordingRunner;
    private final IntendedDifferences meant;
    private final Map<String, FutureTask<Played>> plays = new ConcurrentHashMap<>();
    private final AtomicInteger walked = new AtomicInteger();

    GoldenWalkTest(@TempDir Path folder) throws IOException {
        recordingRunner = new RecordingRunner(Program.PITOT, Workspace.in(folder));
        meant = IntendedDifferences.read();
    }

    static Stream<Golden> recordings() throws IOException {
        return Golden.all().stream();
    }

    @AfterAll
    void everyMeantDifferenceIsThere() throws IOException {
        boolean isWholeWalk = walked.get() == recordings().count();
        assertThat(isWholeWalk ? meant.unseen() : List.of()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    @Execution(ExecutionMode.CONCURRENT)
    void isPlayedAlike(Golden recording) throws Exception {
        FutureTask<Played> play =
                plays.computeIfAbsent(key(recording), _ -> new FutureTask<>(() -> recordingRunner.play(recording)));
        play.run(); // does nothing the second time
        Played played = play.get();

        List<Deviation> unmeant = Deviation.of(recording, played).stream()
                .filter(deviation -> !meant.cover(recording, deviation))
                .toList();
        walked.incrementAndGet();

        assertThat(unmeant).isEmpty();
    }

    /// Key that is equal for recordings of both versions that differ only in their port.
    private static String key(Golden recording) {
        Golden.End server = recording.server();
        String commands = recording.client().command() + (server == null ? "" : " " + server.command());
        return recording.name() + " " + recording.form() + " " + commands.replaceAll("-p \\d{5}", "-p PORT");
    }
}
