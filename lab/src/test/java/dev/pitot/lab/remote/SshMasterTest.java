package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.Tool;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.SSHD)
@Tag("slow")
class SshMasterTest {
    private static final Duration PATIENCE = LineRecorder.PATIENCE;
    private static final Finished HELLO = new Finished(3, List.of("hello"), List.of("err"));
    private static final List<String> SAY_HELLO = List.of("sh", "-c", "echo hello; echo err >&2; exit 3");

    @TempDir
    private Path folder;

    @Test
    void manyCommandsLogInOnce() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"))) {
            Path socket;
            try (OpenSshConnection node = node(sshd, NodeTimeouts.DEFAULT);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Finished>> all = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    all.add(threads.submit(() -> Finished.run(node, SAY_HELLO, PATIENCE)));
                }
                for (Future<Finished> one : all) {
                    assertThat(one.get()).isEqualTo(HELLO);
                }
                socket = socket(master(sshd).orElseThrow());
                assertThat(socket).exists();
            }

            assertThat(logins(sshd)).isEqualTo(1);
            assertThat(socket.getParent()).doesNotExist();
            assertThat(master(sshd)).isEmpty();
        }
    }

    @Test
    void aRefusedSessionGetsALoginOfItsOwn() throws Exception {
        try (SshdProcess sshd = SshdProcess.startWith(folder.resolve("sshd"), "MaxSessions 2");
                OpenSshConnection node = node(sshd, NodeTimeouts.DEFAULT)) {
            var heard = new LineRecorder();
            try (RunningCommand second = node.start(List.of("sh", "-c", "echo up; exec sleep 100"), heard)) {
                heard.next();

                assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);

                assertThat(second.await(Duration.ZERO)).isNull();
            }
            assertThat(logins(sshd)).isEqualTo(2);
        }
    }

    @Test
    void aLostConnectionEndsItsCommandsAndTheNextMakesANewOne() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"));
                OpenSshConnection node = node(sshd, NodeTimeouts.DEFAULT)) {
            List<RunningCommand> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                var heard = new LineRecorder();
                running.add(node.start(List.of("sh", "-c", "echo up; exec sleep 100"), heard));
                heard.next();
            }

            sshd.killSessions();

            for (RunningCommand command : running) {
                assertThat(command.await(PATIENCE))
                        .isEqualTo(new CommandEnd.ConnectionLost(
                                node.name() + ": the node closed the connection; see its log"));
            }
            assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
            assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
            assertThat(logins(sshd)).isLessThanOrEqualTo(3); // one may come before the master's end is seen
        }
    }

    @Test
    void aMasterThatIsKilledIsReplaced() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"));
                OpenSshConnection node = node(sshd, NodeTimeouts.DEFAULT)) {
            assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
            ProcessHandle master = master(sshd).orElseThrow();

            master.destroyForcibly();
            master.onExit().join();

            for (int i = 0; i < 5; i++) { // also before its end is noticed, with its socket still there
                assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
            }
        }
    }

    @Test
    void aPlanThatSharesConnectionsItselfIsLeftToDoSo() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"))) {
            List<String> options = new ArrayList<>(sshd.options());
            options.add("ControlPath=none");
            try (OpenSshConnection node = node(door(sshd, options), Path.of("/dev/null"), NodeTimeouts.DEFAULT)) {
                assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
                assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
            }
            assertThat(logins(sshd)).isEqualTo(2);

            Path configuration = Files.writeString(folder.resolve("config"), "Host *\n  ControlPath ~/%C\n");
            try (OpenSshConnection node = node(door(sshd, sshd.options()), configuration, NodeTimeouts.DEFAULT)) {
                assertThat(Finished.run(node, SAY_HELLO, PATIENCE)).isEqualTo(HELLO);
                assertThat(master(sshd)).isEmpty();
            }
        }
    }

    @Test
    void aLoginShellOfSixSecondsIsNoFault() throws Exception {
        try (SshdProcess sshd = slowLogin();
                OpenSshConnection node = node(sshd, NodeTimeouts.DEFAULT)) {
            var commands = new NodeCommands(node, OperatingSystem.LINUX);

            assertThat(commands.run(SAY_HELLO))
                    .isEqualTo(new NodeCommands.CommandResult(3, List.of("hello"), List.of("err")));
        }
    }

    @Test
    void aTimeoutThatIsTooShortIsNamed() throws Exception {
        NodeTimeouts usual = NodeTimeouts.DEFAULT;
        var hasty = new NodeTimeouts(
                usual.login(), Duration.ofSeconds(2), usual.ready(), usual.report(), usual.fetch(), usual.end());
        try (SshdProcess sshd = slowLogin();
                OpenSshConnection node = node(sshd, hasty)) {
            var commands = new NodeCommands(
                    node, OperatingSystem.LINUX, new Node.Control(Node.StaleProcessPolicy.OURS, hasty));

            assertThatThrownBy(() -> commands.run(SAY_HELLO))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessage(node.name() + " did not answer within 2000 ms: look whether the node is alive,"
                            + " and raise 'timeouts: {command: …}' for a slow one");
        }
    }

    @Test
    void aKilledPitotLeavesNoMaster() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"));
                ChildProcess pitot = ChildProcess.start(program(sshd))) {
            pitot.awaitStdout("connected");
            ProcessHandle master = master(sshd).orElseThrow();
            assertThat(master.isAlive()).isTrue();

            ProcessHandle.of(pitot.pid()).orElseThrow().destroyForcibly();

            assertThat(master.onExit().get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo(master);
        }
    }

    private static List<String> program(SshdProcess sshd) {
        String classPath = Stream.of(
                        System.getProperty("java.class.path", ""),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                ConnectedProgram.class.getName(),
                Integer.toString(sshd.port()),
                sshd.login(),
                sshd.clientKey().toString()));
        command.addAll(sshd.options());
        return command;
    }

    private SshdProcess slowLogin() throws Exception {
        return SshdProcess.startWith(folder.resolve("sshd"), "ForceCommand sleep 6; eval \"$SSH_ORIGINAL_COMMAND\"");
    }

    private static long logins(SshdProcess sshd) {
        return sshd.log().lines().filter(line -> line.contains("Accepted ")).count();
    }

    private static Optional<ProcessHandle> master(SshdProcess sshd) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> arguments(process).contains("ControlMaster=yes")
                        && arguments(process).contains(Integer.toString(sshd.port())))
                .findFirst();
    }

    private static Path socket(ProcessHandle master) {
        List<String> all = arguments(master);
        return Path.of(all.get(all.indexOf("-S") + 1));
    }

    private static List<String> arguments(ProcessHandle process) {
        return Arrays.asList(process.info().arguments().orElse(new String[0]));
    }

    private static OpenSshConnection node(SshdProcess sshd, NodeTimeouts timeouts) throws ConnectionException {
        return node(door(sshd, sshd.options()), Path.of("/dev/null"), timeouts);
    }

    static OpenSshConnection node(ConnectionSettings.Ssh settings, Path configuration, NodeTimeouts timeouts)
            throws ConnectionException {
        return new OpenSshConnection(
                new ShellContext("tate", OperatingSystem.LINUX, Map.of(), timeouts),
                settings,
                List.of("ssh", "-F", configuration.toString()),
                InstantSource.system());
    }

    private static ConnectionSettings.Ssh door(SshdProcess sshd, List<String> options) {
        return new ConnectionSettings.Ssh(sshd.host(), sshd.login(), sshd.port(), sshd.clientKey(), options);
    }
}
