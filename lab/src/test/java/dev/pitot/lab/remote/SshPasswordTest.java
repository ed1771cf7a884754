package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built-in ssh by a password, against MINA's own server: OpenSSH's would want one of the
/// system's users.
class SshPasswordTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("RIGHT", "open sesame", "WRONG", "s3cret");

    private final SshServer server = SshServer.setUpDefaultServer();
    private Path knownHosts;

    @BeforeEach
    void startServer(@TempDir Path folder) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = keys.generateKeyPair();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((login, password, _) -> login.equals("tess") && password.equals("open sesame"));
        server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        server.start();
        knownHosts = Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    @AfterEach
    void stopServer() throws Exception {
        server.stop(true);
    }

    @Test
    void letsUsInByThePassword() throws Exception {
        try (NodeConnection node = node("RIGHT")) {
            Finished finished = Finished.run(node, List.of("sh", "-c", "echo in; exit 3"), LineRecorder.PATIENCE);

            assertThat(finished).isEqualTo(new Finished(3, List.of("in"), List.of()));
        }
    }

    @Test
    void saysThatThePasswordIsWrongWithoutTellingIt() throws Exception {
        try (NodeConnection node = node("WRONG")) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> node.start(List.of("true"), _ -> {}))
                    .withMessage(node.name()
                            + ": it does not let us in; check the login and the private key or the password")
                    .withMessageNotContaining("s3cret");
        }
    }

    @Test
    void saysThatThereIsNoPassword() throws Exception {
        try (NodeConnection node = node("MISSING")) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> node.start(List.of("true"), _ -> {}))
                    .withMessage("tate: the variable MISSING of the environment, which should hold a secret,"
                            + " is not set; set it");
        }
    }

    private NodeConnection node(String variable) throws ConnectionException {
        var settings = new ConnectionSettings.MinaSsh(
                "127.0.0.1", "tess", server.getPort(), null, new Secret.InVariable(variable), knownHosts);
        return new MinaSshConnection(
                new ShellContext("tate", OperatingSystem.LINUX, Map.of()),
                settings,
                new SecretReader(ENVIRONMENT::get),
                knownHosts.resolveSibling("home"),
                InstantSource.system());
    }
}
