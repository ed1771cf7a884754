package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
class MinaSshConnectionTest {
    private static final Duration PATIENCE = LineRecorder.PATIENCE;
    private static final SecretReader SECRETS = new SecretReader(Map.of("PASSWORD", "wrong s3cret")::get);

    private final List<NodeConnection> opened = new ArrayList<>();
    private LineRecorder heard = new LineRecorder();
    private SshdProcess sshd;
    private Path folder;

    @BeforeAll
    void startSshd(@TempDir Path temporary) throws Exception {
        folder = temporary;
        sshd = SshdProcess.start(folder.resolve("sshd"));
    }

    @BeforeEach
    void forgetLines() {
        heard = new LineRecorder();
    }

    @AfterEach
    void closeConnections() {
        opened.forEach(NodeConnection::close);
        opened.clear();
    }

    @AfterAll
    void stopSshd() {
        sshd.close();
    }

    @Test
    void runsCommandsSideBySideWithAKeyOfEd25519() throws Exception {
        NodeConnection node = node();
        RunningCommand silent = node.start(List.of("sleep", "20"), heard);

        Finished finished = Finished.run(
                node, List.of("sh", "-c", "echo \"$1\"; echo err >&2; exit 255", "x", "it's $HOME"), PATIENCE);

        assertThat(finished).isEqualTo(new Finished(255, List.of("it's $HOME"), List.of("err")));
        assertThat(silent.await(Duration.ofMillis(10))).isNull();
        silent.close();
        assertThat(silent.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
    }

    @Test
    void tellsSignalsAsAShellDoesAndGivesNothingOnStandardInput() throws Exception {
        NodeConnection node = node();

        assertThat(Finished.run(node, List.of("cat"), PATIENCE).code()).isZero();
        assertThat(Finished.run(node, List.of("sh", "-c", "kill -TERM $$"), PATIENCE)
                        .code())
                .isEqualTo(143);
    }

    @Test
    void hearsAMebibyteWithoutANewline() throws Exception {
        RunningCommand command = node().start(List.of("sh", "-c", "head -c 1048580 /dev/zero | tr '\\0' x"), heard);

        assertThat(command.await(PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        assertThat(heard.texts()).extracting(String::length).containsExactly(OutputLine.MAX_CHARACTERS, 4);
    }

    @Test
    void tellsWhenTheSessionDiesAndOpensAnotherOne() throws Exception {
        NodeConnection node = node();
        RunningCommand command = node.start(List.of("sh", "-c", "echo up; exec sleep 30"), heard);
        heard.next();

        sshd.killSessions();

        assertThat(command.await(PATIENCE))
                .isEqualTo(new CommandEnd.ConnectionLost(
                        node.name() + ": the connection broke; check the node and the control network"));
        assertThat(Finished.run(node, List.of("true"), PATIENCE).succeeded()).isTrue();
    }

    @Test
    void closesWithinASecondAndLeavesNoThread() throws Exception {
        NodeConnection node = node();
        RunningCommand command = node.start(List.of("sleep", "20"), heard);
        long before = System.nanoTime();

        node.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(command.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains("SshClient")) {
                assertThat(thread.join(Duration.ofSeconds(1)))
                        .as(thread.getName())
                        .isTrue();
            }
        }
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> node.start(List.of("true"), heard))
                .withMessage(node.name() + ": the connection was closed; open a new one");
    }

    @Test
    void knowsAHostByAHashedName() throws Exception {
        Path hashed = Files.copy(sshd.knownHosts(), folder.resolve("hashed"));
        Process hashing = new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", hashed.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(hashing.waitFor()).isZero();
        assertThat(Files.readString(hashed)).startsWith("|1|").doesNotContain("127.0.0.1");

        NodeConnection node = open(door(sshd.port(), sshd.clientKey(), null, hashed));

        assertThat(Finished.run(node, List.of("true"), PATIENCE).succeeded()).isTrue();
    }

    @Test
    void refusesAnUnknownHost() throws Exception {
        Path others = Files.writeString(
                folder.resolve("others"),
                Files.readString(sshd.knownHosts()).replace("]:" + sshd.port(), "]:1") + "broken line\n|1|x\n");

        assertRefused(door(sshd.port(), sshd.clientKey(), null, others), "is not in " + others + "; compare it");
        assertRefused(door(sshd.port(), sshd.clientKey(), null, folder.resolve("none")), "is not in ");
    }

    @Test
    void refusesAHostWhoseKeyHasChangedOrIsRevoked() throws Exception {
        SshdProcess.generateKey(folder.resolve("changed"));
        String right = Files.readString(sshd.knownHosts());
        Path changed = Files.writeString(
                folder.resolve("changed_hosts"),
                "[127.0.0.1]:" + sshd.port() + " " + Files.readString(folder.resolve("changed.pub")));
        Path revoked = Files.writeString(folder.resolve("revoked_hosts"), right + "@revoked " + right);

        assertRefused(
                door(sshd.port(), sshd.clientKey(), null, changed),
                "is not the one in " + changed + "; find out why, then take the new key into that file");
        assertRefused(door(sshd.port(), sshd.clientKey(), null, revoked), "is marked as revoked in ");
    }

    @Test
    void saysWhatToDoAboutAWrongKeyOrPassword() throws Exception {
        Path other = folder.resolve("other");
        SshdProcess.generateKey(other);
        String advice = "it does not let us in; check the login and the private key or the password";

        assertRefused(door(sshd.port(), other, null, sshd.knownHosts()), advice);
        assertRefused(door(sshd.port(), null, new Secret.InVariable("PASSWORD"), sshd.knownHosts()), advice);
    }

    @Test
    void saysThatAKeyCannotBeUsed() throws Exception {
        Path noKey = Files.writeString(folder.resolve("no_key"), "hello");
        Path withPassphrase = folder.resolve("with_passphrase");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "abcdef", "-f", "" + withPassphrase)
                        .start()
                        .waitFor())
                .isZero();

        assertRefused(door(sshd.port(), noKey, null, sshd.knownHosts()), "cannot be used; it must be there");
        assertRefused(door(sshd.port(), withPassphrase, null, sshd.knownHosts()), "cannot be used; it must be there");
        assertRefused(
                door(sshd.port(), null, null, sshd.knownHosts()),
                "there is no private key and no password; give one of them in the plan");
    }

    @Test
    void takesTheUsualKeys() throws Exception {
        Files.createDirectories(folder.resolve("home/.ssh"));
        Files.writeString(folder.resolve("home/.ssh/id_rsa"), "broken");
        Files.copy(sshd.clientKey(), folder.resolve("home/.ssh/id_ed25519"));
        NodeConnection node = new MinaSshConnection(
                shell(),
                door(sshd.port(), null, null, sshd.knownHosts()),
                SECRETS,
                folder.resolve("home"),
                InstantSource.system());
        opened.add(node);

        assertThat(Finished.run(node, List.of("true"), PATIENCE).succeeded()).isTrue();
    }

    @Test
    void saysWhyAHostCannotBeReached() throws Exception {
        assertRefused(
                door(FreePort.find(), sshd.clientKey(), null, sshd.knownHosts()),
                "nobody listens there; check the port, and that sshd runs");
        assertRefused(
                new ConnectionSettings.MinaSsh(
                        "no-such-host.invalid", "root", 22, sshd.clientKey(), null, sshd.knownHosts()),
                "there is no host of this name; check the name");
    }

    private void assertRefused(ConnectionSettings.MinaSsh settings, String advice) throws Exception {
        NodeConnection node = open(settings);

        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> node.start(List.of("true"), heard))
                .withMessageStartingWith(node.name() + ": ")
                .withMessageContaining(advice)
                .withMessageNotContaining("s3cret");
    }

    private NodeConnection node() throws ConnectionException {
        return open(door(sshd.port(), sshd.clientKey(), null, sshd.knownHosts()));
    }

    private NodeConnection open(ConnectionSettings.MinaSsh settings) throws ConnectionException {
        NodeConnection node = new MinaSshConnection(shell(), settings, SECRETS, folder, InstantSource.system());
        opened.add(node);
        return node;
    }

    private ConnectionSettings.MinaSsh door(
            int port, @Nullable Path identity, @Nullable Secret password, Path knownHosts) {
        return new ConnectionSettings.MinaSsh(sshd.host(), sshd.login(), port, identity, password, knownHosts);
    }

    private static ShellContext shell() {
        return new ShellContext("tate", OperatingSystem.LINUX, Map.of());
    }
}
