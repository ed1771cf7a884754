package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.system.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NodeProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ProcessConnection connection = new ProcessConnection();
    private final NodeCommands commands = new NodeCommands(connection, OperatingSystem.LINUX);
    private final Mark mark = new Mark(UUID.randomUUID().toString(), "node", "server");
    private final Path pidFile = Path.of("/tmp", mark.fileName());
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    private NodeProcess start(String... command) throws ConnectionException {
        return NodeProcess.start(commands, mark, List.of(command), lines::add);
    }

    private String nextLine() throws InterruptedException {
        return Objects.requireNonNull(lines.poll(LONG.toSeconds(), TimeUnit.SECONDS), "no line")
                .text();
    }

    private ProcessHandle awaitNoted() throws IOException, InterruptedException {
        assertThat(nextLine()).isEqualTo("up");
        long pid = Long.parseLong(Files.readString(pidFile).split(" ", -1)[0]);
        return ProcessHandle.of(pid).orElseThrow();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        try (NodeProcess process = start("printf", "%s\\n", "a b", "$HOME `id`", "'\"\\", "", "*")) {
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(0));
            assertThat(lines).extracting(Line::text).containsExactly("a b", "$HOME `id`", "'\"\\", "", "*");

            assertThat(process.end(SHORT)).isEqualTo(Ended.BY_ITSELF);
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void theNotedProcessIsTheProgramItself() throws Exception {
        try (NodeProcess process = start("sh", "-c", "echo $$; exec sleep 60")) {
            String pid = nextLine();

            assertThat(Files.readString(pidFile)).startsWith(pid + " ");
            assertThat(Files.getPosixFilePermissions(pidFile)).hasSize(2);
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
            assertThat(ProcessHandle.of(Long.parseLong(pid))).isEmpty();
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(143));
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void oneThatIgnoresTermIsKilled() throws Exception {
        try (NodeProcess process = start("sh", "-c", "trap '' TERM; echo up; exec sleep 60")) {
            ProcessHandle handle = awaitNoted();

            assertThat(process.end(SHORT)).isEqualTo(Ended.KILLED);
            assertThat(handle.isAlive()).isFalse();
        }
    }

    @Test
    void endingAtOnceFindsTheProcessThatIsJustBeingStarted() throws Exception {
        try (NodeProcess process = start("sleep", "60")) {
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(143));
        }
    }

    @Test
    void endingWithoutGraceStillWaitsForTheNoteOfAStartThatItOvertakes() throws Exception {
        var late = new NodeCommands(
                new SlowStart(connection, List.of("sh", "-c", "sleep 0.5; exec \"$@\"", "late")),
                OperatingSystem.LINUX);
        try (NodeProcess process = NodeProcess.start(late, mark, List.of("sleep", "60"), lines::add)) {
            assertThat(process.end(Duration.ZERO)).isIn(Ended.TERMINATED, Ended.KILLED);
            assertThat(process.await(LONG)).isIn(new CommandEnd.Exited(128 + 15), new CommandEnd.Exited(128 + 9));
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void aSignalReachesTheProgram() throws Exception {
        String script = "trap 'echo told; exit 3' INT; echo up; while :; do sleep 0.05; done";
        // Whoever runs the tests in the background has SIGINT ignored, which a shell cannot
        // take back.
        try (NodeProcess process = start("env", "--default-signal=INT", "sh", "-c", script)) {
            awaitNoted();

            assertThat(process.signal(NodeProcess.Signal.INT)).isTrue();
            assertThat(nextLine()).isEqualTo("told");
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(3));
            assertThat(process.signal(NodeProcess.Signal.INT)).isFalse();
            assertThat(process.end(SHORT)).isEqualTo(Ended.BY_ITSELF);
        }
    }

    @Test
    void aNumberThatNowBelongsToAnotherProcessIsLeftAloneAndTheProgramFoundByItsTag() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try (NodeProcess process = start("sh", "-c", "echo up; exec sleep 60")) {
            awaitNoted();
            String note = Files.readString(pidFile);
            Files.writeString(
                    pidFile, stranger.pid() + note.substring(note.indexOf(' ')).replaceFirst("\\d", "9$0"));

            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aLinkInPlaceOfTheNoteIsNotFollowed() throws Exception {
        Path target = Files.createTempFile("pitot-lab-target", "");
        Files.createSymbolicLink(pidFile, target);
        try (NodeProcess process = start("sleep", "60")) {
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
            assertThat(target).isEmptyFile();
        } finally {
            Files.delete(target);
        }
    }

    @Test
    void aMissingProgramTellsByItsEnd() throws Exception {
        try (NodeProcess process = start("no-such-program-here")) {
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(127));
            assertThat(nextLine()).contains("not found");
            assertThat(process.end(SHORT)).isEqualTo(Ended.BY_ITSELF);
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void aLostConnectionGetsOneNewAttempt() throws Exception {
        try (NodeProcess process = start("sh", "-c", "echo up; exec sleep 60")) {
            ProcessHandle handle = awaitNoted();
            connection.loseNext(1);

            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
            assertThat(handle.isAlive()).isFalse();
        }
    }

    @Test
    void aDeadConnectionIsToldAfterTwoAttempts() throws Exception {
        try (NodeProcess process = start("sh", "-c", "echo up; exec sleep 60")) {
            awaitNoted();
            int before = connection.startedCommands();
            connection.loseNext(2);

            assertThatThrownBy(() -> process.end(LONG))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessage("this machine is gone: plug it in");
            assertThat(connection.startedCommands() - before).isEqualTo(2);
            assertThat(process.end(LONG)).isEqualTo(Ended.TERMINATED);
        }
    }

    @Test
    void aSilentNodeIsGivenUpInTime() {
        var silent = new NodeCommands(connection, OperatingSystem.LINUX);

        assertThatThrownBy(() -> silent.run(List.of("sleep", "30"), SHORT))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("this machine did not answer within 300 ms");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        assertThatThrownBy(() ->
                        commands.run(List.of("sh", "-c", "yes 0123456789 | head -c 6000000"), Duration.ofSeconds(100)))
                .hasMessageContaining("says more than any answer can be");
    }
}
