package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs behind wrappers and what they start: after an end, no process of theirs is there. Every
/// program waits in `sleep` with an argument that no other process has.
@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final String seconds = "7" + Math.floorMod(UUID.randomUUID().hashCode(), Integer.MAX_VALUE);
    private final ProcessTag tag = new ProcessTag(UUID.randomUUID().toString(), "node", "server");
    private final Path note = Path.of("/tmp", tag.fileName());
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    @AfterEach
    void leaveNothing() throws IOException {
        for (long pid : ofTheTest()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        Files.deleteIfExists(note);
    }

    private NodeCommands commands(String... prefix) {
        return new NodeCommands(new ProcessConnection(prefix), OperatingSystem.LINUX);
    }

    private RemoteProcess start(NodeCommands commands, String script) throws Exception {
        RemoteProcess process = RemoteProcess.start(
                commands,
                tag,
                List.of("sh", "-c", script.replace("SLEEP", "sleep " + seconds)),
                line -> lines.add(line.text()));
        assertThat(nextLine()).isEqualTo("up");
        return process;
    }

    private String nextLine() throws InterruptedException {
        return Objects.requireNonNull(lines.poll(LONG.toSeconds(), TimeUnit.SECONDS), "no line");
    }

    /// Those that sleep for the test's time, and those that have its tag.
    private List<Long> ofTheTest() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                String words = read(process.resolve("cmdline"));
                String environment = read(process.resolve("environ"));
                if (words.equals("sleep\0" + seconds + "\0") || environment.contains(tag.tag())) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException _) { // it has ended
            return "";
        }
    }

    /// A script's word `up` may come before the last of its children is a `sleep`.
    private void awaitSleepers(int count) throws Exception {
        var backoff = new Backoff(new MachineClock(), Duration.ofMillis(10), LONG);
        while (sleepers() < count) {
            assertThat(backoff.await()).isTrue();
        }
    }

    private long sleepers() throws IOException {
        return ofTheTest().stream()
                .filter(pid -> read(Path.of("/proc", pid.toString(), "cmdline")).startsWith("sleep\0"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo up; SLEEP; true", // a wrapper
                "SLEEP & echo up; wait; exit 3", // a script without exec
                "(SLEEP &) ; echo up; exec sleep 71", // a grandchild that lost its parent
                "(setsid SLEEP &) ; echo up; exec sleep 72", // one with a session of its own: known by its tag
                "(setsid env -i SLEEP & echo up; wait); true", // one without the tag, of a parent that is there
                "env -i SLEEP & echo up; wait", // one without the tag
                "(env -i SLEEP &) ; echo up; exec sleep 73", // one without tag and parent: known by the session
                "(SLEEP &) ; echo up", // what is left of a program that has ended
            })
    void nothingOfAProgramIsLeft(String script) throws Exception {
        try (RemoteProcess process = start(commands(), script)) {
            awaitSleepers(1);

            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);

            assertThat(ofTheTest()).isEmpty();
            assertThat(process.survivors()).isEmpty();
            assertThat(note).doesNotExist();
        }
    }

    @Test
    void aGroupOfFiftyIsEnded() throws Exception {
        String script = "i=0; while [ $i -lt 50 ]; do SLEEP & i=$((i+1)); done; echo up; wait";
        try (RemoteProcess process = start(commands(), script)) {
            awaitSleepers(50);

            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(ofTheTest()).isEmpty();
        }
    }

    @Test
    void childrenThatIgnoreTermAreKilled() throws Exception {
        String script = "trap '' TERM; SLEEP & (trap '' TERM; exec setsid SLEEP) & echo up; wait";
        try (RemoteProcess process = start(commands(), script)) {
            awaitSleepers(2);

            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.KILLED);
            assertThat(ofTheTest()).isEmpty();
        }
    }

    @Test
    void whatIsStartedInAnswerToTermIsEndedToo() throws Exception {
        try (RemoteProcess process =
                start(commands(), "trap '(setsid SLEEP &); exit' TERM; echo up; while :; do sleep 0.1; done")) {
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(ofTheTest()).isEmpty();
        }
    }

    @Test
    void aNodeWithoutSetsidIsServedByTagAndDescent() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("sh", "sleep", "env", "grep", "rm", "tr")) {
            Files.copy(Path.of("/usr/bin", tool).toRealPath(), bin.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }
        NodeCommands poor = commands("/usr/bin/env", "PATH=" + bin);
        try (RemoteProcess process = start(poor, "(SLEEP &) ; env -i sleep " + seconds + " & echo up; wait")) {
            awaitSleepers(2);

            assertThat(Files.readString(note)).containsPattern("^\\d+ \\d+ - ");
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(ofTheTest()).isEmpty();
        }
    }

    @Test
    void theProgramLeadsASessionOfItsOwnAndHearsInterrupts() throws Exception {
        String script = "trap 'echo told; exit 3' INT; echo up; while :; do sleep 0.05; done";
        NodeCommands commands = commands("env", "--default-signal=INT");
        try (RemoteProcess process = start(commands, script)) {
            String[] noted = Files.readString(note).split(" ", -1);

            assertThat(noted[2]).isEqualTo(noted[0]);
            assertThat(new NodePidFile(commands, tag).signal("INT")).isTrue();
            assertThat(nextLine()).isEqualTo("told");
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(3));
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.BY_ITSELF);
        }
    }

    @Test
    void aSignalThatEndsTheProgramIsNotCommentedByTheShell() throws Exception {
        try (RemoteProcess process = start(commands(), "echo up; exec SLEEP")) {
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);

            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(128 + 15));
            assertThat(lines).isEmpty();
        }
    }

    @Test
    void theEnvironmentIsAddedToAndInputIsEmpty() throws Exception {
        try (RemoteProcess process = RemoteProcess.start(
                commands(),
                tag,
                Map.of("PITOT_ANGLE", "it's 90"),
                List.of("sh", "-c", "echo \"$PITOT_ANGLE\"; cat; echo \"$PITOT_LAB_TAG\""),
                line -> lines.add(line.text()))) {
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(0));
            assertThat(lines).containsExactly("it's 90", tag.tag());
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.BY_ITSELF);
        }
    }

    @Test
    void whatALostConnectionLeftUnderTheSameMarkIsEndedByTheNextStart() throws Exception {
        try (RemoteProcess first = start(commands(), "echo up; exec SLEEP");
                RemoteProcess second = start(commands(), "echo up; exec sleep 74")) {
            assertThat(first.await(LONG)).isEqualTo(new CommandEnd.Exited(128 + 9));
            assertThat(second.await(Duration.ZERO)).isNull();
            assertThat(second.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
        }
    }

    @Test
    void anotherMarksProgramIsLeftAlone() throws Exception {
        var other = new ProcessTag(tag.session(), tag.node(), tag.role() + "2");
        try (RemoteProcess process = start(commands(), "echo up; exec SLEEP");
                RemoteProcess stays = RemoteProcess.start(commands(), other, List.of("sleep", "75"), _ -> {})) {
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);

            assertThat(stays.await(Duration.ZERO)).isNull();
            assertThat(stays.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
        }
    }

    /// Of this boot, written by this user.
    private void forge(String pid, String begin, String session) throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        Files.writeString(note, pid + " " + begin + " " + session + " " + boot + "\n");
    }

    private static String begin(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    }

    @ParameterizedTest
    @ValueSource(strings = {"4194305 1 SESSION", "SESSION 1 SESSION", "4194305 END SESSION", "1 INIT 1", "0 1 0"})
    void aForgedNoteHitsNobody(String forged) throws Exception {
        Process innocent = new ProcessBuilder("setsid", "sh", "-c", "sleep " + seconds + "; true").start();
        try {
            awaitSleepers(1);
            List<String> words = List.of(forged.replace("SESSION", Long.toString(innocent.pid()))
                    .replace("END", begin(innocent.pid()))
                    .replace("INIT", begin(1))
                    .split(" ", -1));
            forge(words.get(0), words.get(1), words.get(2));

            assertThat(new NodePidFile(commands(), tag).signal("LOOK")).isFalse();
            assertThat(new NodePidFile(commands(), tag).end(SHORT, () -> false).processes())
                    .isZero();
            assertThat(innocent.isAlive()).isTrue();
            assertThat(sleepers()).isOne();
        } finally {
            innocent.destroyForcibly();
        }
    }

    /// What is left of another session that got the number of the noted one after that was gone.
    @Test
    void theSessionOfAGoneLeaderWhoseNumberMayBeAnothersIsSpared() throws Exception {
        Process leader = new ProcessBuilder("setsid", "sh", "-c", "(sleep " + seconds + " &); exit").start();
        assertThat(leader.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        awaitSleepers(1);
        forge(Long.toString(leader.pid()), "1", Long.toString(leader.pid()));

        assertThat(new NodePidFile(commands(), tag).end(SHORT, () -> false).ended())
                .isEqualTo(TerminationResult.BY_ITSELF);
        assertThat(sleepers()).isOne();
        assertThat(note).doesNotExist();
    }

    @Test
    @Needs(Tool.PID_NAMESPACE)
    void oneOfAnotherUserIsNamedAndItsNoteStays() throws Exception {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        NodeCommands root = commands();
        NodeCommands nobody = commands("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        try (RemoteProcess process = start(root, "echo up; exec SLEEP")) {
            root.run(List.of("chown", "65534", note.toString()));
            NodePidFile.Result result = new NodePidFile(nobody, tag).end(SHORT, () -> false);

            assertThat(result.ended()).isEqualTo(TerminationResult.SURVIVED);
            assertThat(result.survivors())
                    .matches("this machine still runs process \\d+ sleep " + seconds
                            + ", which cannot be ended: end it by hand there, or restart the node");
            assertThat(note).exists();
            root.run(List.of("chown", "0", note.toString()));
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
        }
    }
}
