package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.Tool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.SSHD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class OpenSshConnectionTest {
    private static final Duration PATIENCE = LineRecorder.PATIENCE;
    private static final List<String> SSH = List.of("ssh", "-F", "/dev/null");

    private final List<OpenSshConnection> opened = new ArrayList<>();
    private LineRecorder heard = new LineRecorder();
    private SshdProcess sshd;
    private OpenSshConnection plain; // for all tests that do not harm it
    private Path folder;

    @BeforeAll
    void startSshd(@TempDir Path temporary) throws Exception {
        folder = temporary;
        sshd = SshdProcess.start(folder.resolve("sshd"));
        plain = new OpenSshConnection(shell(Map.of()), rightDoor(), SSH, InstantSource.system());
    }

    @BeforeEach
    void forgetLines() {
        heard = new LineRecorder();
    }

    @AfterEach
    void closeConnections() {
        opened.forEach(OpenSshConnection::close);
        opened.clear();
    }

    @AfterAll
    void stopSshd() {
        plain.close();
        sshd.close();
    }

    @Test
    void runsCommandsAndPassesTheirOutputsAndCode() throws Exception {
        Finished finished = Finished.run(
                plain, List.of("sh", "-c", "echo \"$1\"; echo err >&2; exit 7", "x", "it's $HOME"), PATIENCE);

        assertThat(finished).isEqualTo(new Finished(7, List.of("it's $HOME"), List.of("err")));
    }

    @Test
    void addsToTheEnvironment() throws Exception {
        Finished finished = Finished.run(
                node(Map.of("PATH", "/opt/x", "COLOUR", "a b")), List.of("printenv", "PATH", "COLOUR"), PATIENCE);

        assertThat(finished.out()).hasSize(2);
        assertThat(finished.out().getFirst()).startsWith("/opt/x:/");
        assertThat(finished.out().getLast()).isEqualTo("a b");
    }

    @Test
    void aCommandMayExitWith255Itself() throws Exception {
        Finished finished =
                Finished.run(plain, List.of("sh", "-c", "printf 'Connection refused' >&2; exit 255"), PATIENCE);

        assertThat(finished).isEqualTo(new Finished(255, List.of(), List.of("Connection refused")));
    }

    @Test
    void aCommandThatDiesOfASignalIsNoLostConnection() throws Exception {
        RunningCommand command = plain.start(List.of("sh", "-c", "kill -KILL $$"), heard);

        assertThat(command.await(PATIENCE)).isEqualTo(new CommandEnd.Exited(137));
    }

    @Test
    void aProgramThatIsMissingIsTheShellsExitCode() throws Exception {
        assertThat(Finished.run(plain, List.of("no-such-program"), PATIENCE).code())
                .isEqualTo(127);
    }

    @Test
    void givesNothingOnStandardInput() throws Exception {
        assertThat(Finished.run(plain, List.of("cat"), PATIENCE).succeeded()).isTrue();
    }

    @Test
    void hearsAMebibyteWithoutANewline() throws Exception {
        RunningCommand command = plain.start(List.of("sh", "-c", "head -c 1048580 /dev/zero | tr '\\0' x"), heard);

        assertThat(command.await(PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        assertThat(heard.texts(OutputLine.Origin.ERR)).isEmpty();
        assertThat(heard.texts(OutputLine.Origin.OUT))
                .extracting(String::length)
                .containsExactly(OutputLine.MAX_CHARACTERS, 4);
    }

    @Test
    void tellsWhenTheSessionDies() throws Exception {
        OpenSshConnection node = node(Map.of());
        RunningCommand command = node.start(List.of("sh", "-c", "echo up; exec sleep 30"), heard);
        heard.next();

        sshd.killSessions();

        assertThat(command.await(PATIENCE))
                .isInstanceOfSatisfying(
                        CommandEnd.ConnectionLost.class,
                        lost -> assertThat(lost.reason())
                                .startsWith("tate (ssh " + sshd.login() + "@127.0.0.1:" + sshd.port() + "): the ")
                                .contains("connection"));
        assertThat(Finished.run(node, List.of("true"), PATIENCE).succeeded()).isTrue();
    }

    @Test
    void tellsWhenSshItselfDies() throws Exception {
        OpenSshConnection node = node(Map.of());
        RunningCommand command = node.start(List.of("sh", "-c", "echo up; exec sleep 30"), heard);
        heard.next();

        ProcessHandle.current().children().filter(this::isOurSsh).forEach(ProcessHandle::destroyForcibly);

        assertThat(command.await(PATIENCE))
                .isEqualTo(new CommandEnd.ConnectionLost(node.name()
                        + ": ssh ended with 137 before the command did; see whether the node still answers"));
        sshd.killSessions();
    }

    @Test
    void letsASilentCommandGo() throws Exception {
        OpenSshConnection node = node(Map.of());
        RunningCommand command = node.start(List.of("sleep", "20"), heard);
        assertThat(command.await(Duration.ofMillis(100))).isNull();
        long before = System.nanoTime();

        node.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(command.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        sshd.killSessions();
    }

    @Test
    void saysWhatToDoAboutAWrongKey() throws Exception {
        Path other = folder.resolve("other");
        SshdProcess.generateKey(other);

        assertRefused(
                door(sshd.port(), other, sshd.knownHosts()),
                "it does not let us in; check the login, and that ssh" + " gets in without asking for a password");
    }

    @Test
    void refusesAnUnknownHost() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertRefused(
                door(sshd.port(), sshd.clientKey(), empty),
                "its host key is not known or not right; compare the key, log in once by hand with ssh");
    }

    @Test
    void refusesAHostWhoseKeyHasChanged() throws Exception {
        SshdProcess.generateKey(folder.resolve("changed"));
        Path changed = Files.writeString(
                folder.resolve("changed_hosts"),
                "[127.0.0.1]:" + sshd.port() + " " + Files.readString(folder.resolve("changed.pub")));

        assertRefused(
                door(sshd.port(), sshd.clientKey(), changed),
                "its host key is not the one that is known; find out why, then take the new key into known_hosts");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        assertRefused(
                door(FreePort.find(), sshd.clientKey(), sshd.knownHosts()),
                "nobody listens there; check the port, and that sshd runs");
    }

    @Test
    void saysThatThereIsNoSuchHost() throws Exception {
        ConnectionSettings.Ssh right = rightDoor();

        assertRefused(
                new ConnectionSettings.Ssh("no-such-host.invalid", null, 0, null, right.options()),
                "there is no host of this name; check the name");
    }

    @Test
    void saysThatAHostDoesNotAnswer() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ConnectionSettings.Ssh right = door(silent.getLocalPort(), sshd.clientKey(), sshd.knownHosts());
            List<String> impatient = new ArrayList<>(right.options());
            impatient.add("ConnectTimeout=1");

            assertRefused(
                    new ConnectionSettings.Ssh(right.host(), right.login(), right.port(), right.identity(), impatient),
                    "it does not answer; check that it is on, and the control network");
        }
    }

    @Test
    void forwardsNothingToADeviceUnlessThePlanSaysSo() throws Exception {
        Path words = folder.resolve("words");
        var settings = new ConnectionSettings.Ssh("device", null, 0, null, List.of("ForwardAgent=yes"));
        List<String> recorder = List.of("sh", "-c", "echo \"$*\" >" + words + "; exit 255", "ssh");
        var node = new OpenSshConnection(shell(Map.of()), settings, recorder, InstantSource.system());

        try (RunningCommand command = node.start(List.of("true"), heard)) {
            assertThat(command.await(PATIENCE)).isInstanceOf(CommandEnd.ConnectionLost.class);
        }

        assertThat(Files.readString(words))
                .startsWith("-o BatchMode=yes -o ForwardAgent=yes -o ConnectTimeout=")
                .contains(" -o ForwardAgent=no -o ForwardX11=no -o ClearAllForwardings=yes -T device -- ");
    }

    @Test
    void saysThatThereIsNoSsh() throws Exception {
        var node = new OpenSshConnection(shell(Map.of()), rightDoor(), List.of("no-such-ssh"), InstantSource.system());

        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> node.start(List.of("true"), heard))
                .withMessageContaining("cannot start no-such-ssh; install it");
    }

    @Test
    void refusesAHostThatSshWouldTakeForAnOption() {
        for (String host : List.of("-oProxyCommand=id", "root@-x", "a b", "", "a\nb")) {
            var settings = new ConnectionSettings.Ssh(host, null, 0, null, List.of());

            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> new OpenSshConnection(shell(Map.of()), settings, SSH, InstantSource.system()))
                    .withMessageContaining("is not the name of a host");
        }
    }

    private void assertRefused(ConnectionSettings.Ssh settings, String advice) throws Exception {
        OpenSshConnection node = open(settings, Map.of());

        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> node.start(List.of("true"), heard))
                .withMessage(node.name() + ": " + advice);
    }

    /// An `ssh` of a command, not the master that they share.
    private boolean isOurSsh(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(List::of)
                .filter(all -> all.contains(Integer.toString(sshd.port())) && !all.contains("ControlMaster=yes"))
                .isPresent();
    }

    private OpenSshConnection node(Map<String, String> environment) throws ConnectionException {
        return open(rightDoor(), environment);
    }

    private ConnectionSettings.Ssh rightDoor() {
        return door(sshd.port(), sshd.clientKey(), sshd.knownHosts());
    }

    private OpenSshConnection open(ConnectionSettings.Ssh settings, Map<String, String> environment)
            throws ConnectionException {
        var node = new OpenSshConnection(shell(environment), settings, SSH, InstantSource.system());
        opened.add(node);
        return node;
    }

    private ConnectionSettings.Ssh door(int port, Path identity, Path knownHosts) {
        List<String> options = new ArrayList<>(List.of("UserKnownHostsFile=" + knownHosts));
        options.addAll(sshd.options());
        return new ConnectionSettings.Ssh(sshd.host(), sshd.login(), port, identity, options);
    }

    private static ShellContext shell(Map<String, String> environment) {
        return new ShellContext("tate", OperatingSystem.LINUX, environment);
    }
}
