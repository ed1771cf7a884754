package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.OutputLine;
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
class RemoteProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ProcessConnection connection = new ProcessConnection();
    private final NodeCommands commands = new NodeCommands(connection, OperatingSystem.LINUX);
    private final ProcessTag tag = new ProcessTag(UUID.randomUUID().toString(), "node", "server");
    private final Path pidFile = Path.of("/tmp", tag.fileName());
    private final BlockingQueue<OutputLine> lines = new LinkedBlockingQueue<>();

    private RemoteProcess start(String... command) throws ConnectionException {
        return RemoteProcess.start(commands, tag, List.of(command), lines::add);
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
        try (RemoteProcess process = start("printf", "%s\\n", "a b", "$HOME `id`", "'\"\\", "", "*")) {
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(0));
            assertThat(lines).extracting(OutputLine::text).containsExactly("a b", "$HOME `id`", "'\"\\", "", "*");

            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.BY_ITSELF);
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void theNotedProcessIsTheProgramItself() throws Exception {
        try (RemoteProcess process = start("sh", "-c", "echo $$; exec sleep 60")) {
            String pid = nextLine();

            assertThat(Files.readString(pidFile)).startsWith(pid + " ");
            assertThat(Files.getPosixFilePermissions(pidFile)).hasSize(2);
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(ProcessHandle.of(Long.parseLong(pid))).isEmpty();
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(143));
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void oneThatIgnoresTermIsKilled() throws Exception {
        try (RemoteProcess process = start("sh", "-c", "trap '' TERM; echo up; exec sleep 60")) {
            ProcessHandle handle = awaitNoted();

            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.KILLED);
            assertThat(handle.isAlive()).isFalse();
        }
    }

    @Test
    void endingAtOnceFindsTheProcessThatIsJustBeingStarted() throws Exception {
        try (RemoteProcess process = start("sleep", "60")) {
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(143));
        }
    }

    @Test
    void endingWithoutGraceStillWaitsForTheNoteOfAStartThatItOvertakes() throws Exception {
        var late = new NodeCommands(
                new DelayedStartConnection(connection, List.of("sh", "-c", "sleep 0.5; exec \"$@\"", "late")),
                OperatingSystem.LINUX);
        try (RemoteProcess process = RemoteProcess.start(late, tag, List.of("sleep", "60"), lines::add)) {
            assertThat(process.end(Duration.ZERO)).isIn(TerminationResult.TERMINATED, TerminationResult.KILLED);
            assertThat(process.await(LONG)).isIn(new CommandEnd.Exited(128 + 15), new CommandEnd.Exited(128 + 9));
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void aSignalReachesTheProgram() throws Exception {
        String script = "trap 'echo told; exit 3' INT; echo up; while :; do sleep 0.05; done";
        // Whoever runs the tests in the background has SIGINT ignored, which a shell cannot
        // take back.
        try (RemoteProcess process = start("env", "--default-signal=INT", "sh", "-c", script)) {
            awaitNoted();

            assertThat(new NodePidFile(commands, tag).signal("INT")).isTrue();
            assertThat(nextLine()).isEqualTo("told");
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(3));
            assertThat(new NodePidFile(commands, tag).signal("INT")).isFalse();
            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.BY_ITSELF);
        }
    }

    @Test
    void aNumberThatNowBelongsToAnotherProcessIsLeftAloneAndTheProgramFoundByItsTag() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try (RemoteProcess process = start("sh", "-c", "echo up; exec sleep 60")) {
            awaitNoted();
            String note = Files.readString(pidFile);
            Files.writeString(
                    pidFile, stranger.pid() + note.substring(note.indexOf(' ')).replaceFirst("\\d", "9$0"));

            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aLinkInPlaceOfTheNoteIsNotFollowed() throws Exception {
        Path target = Files.createTempFile("pitot-lab-target", "");
        Files.createSymbolicLink(pidFile, target);
        try (RemoteProcess process = start("sleep", "60")) {
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(target).isEmptyFile();
        } finally {
            Files.delete(target);
        }
    }

    @Test
    void aMissingProgramTellsByItsEnd() throws Exception {
        try (RemoteProcess process = start("no-such-program-here")) {
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(127));
            assertThat(nextLine()).contains("not found");
            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.BY_ITSELF);
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void aLostConnectionGetsOneNewAttempt() throws Exception {
        try (RemoteProcess process = start("sh", "-c", "echo up; exec sleep 60")) {
            ProcessHandle handle = awaitNoted();
            connection.loseNext(1);

            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(handle.isAlive()).isFalse();
        }
    }

    @Test
    void aDeadConnectionIsToldAfterTwoAttempts() throws Exception {
        try (RemoteProcess process = start("sh", "-c", "echo up; exec sleep 60")) {
            awaitNoted();
            int before = connection.startedCommands();
            connection.loseNext(2);

            assertThatThrownBy(() -> process.end(LONG))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessage("this machine is gone: plug it in");
            assertThat(connection.startedCommands() - before).isEqualTo(2);
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
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
                .hasMessageContaining("the command's output exceeds 4 MiB");
    }
}
