package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.dtls.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `pitot message` inside DTLS, in this process.
@Timeout(60)
@Tag("slow")
class MessageTlsTest {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+) \\(UDP\\)\n");
    private static final char[] PASSWORD = "password".toCharArray();
    private static final String OTHER_PIN = "00".repeat(32);

    @TempDir
    private static Path folder;

    private static String pin = "";

    /// Makes a key and its certificate as keytool, which comes with Java, does.
    @BeforeAll
    static void writeIdentity() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        String certificate = pem("CERTIFICATE", keys.getCertificate("a").getEncoded());
        String key = pem("PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded());
        Files.writeString(folder.resolve("certificate.pem"), certificate);
        Files.writeString(folder.resolve("key.pem"), key);
        pin = Identity.fromPem(certificate, key).fingerprint().toString();
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static String[] identity() {
        return new String[] {
            "--tls-certificate", folder.resolve("certificate.pem").toString(),
            "--tls-key", folder.resolve("key.pem").toString()
        };
    }

    private static Launch.Running serve(String... options) {
        return Launch.start(join(new String[] {"message", "serve", "--listen", "127.0.0.1:0"}, options));
    }

    private static String address(Launch.Running server) {
        Matcher line = LISTENING.matcher(server.awaitOutput("\n"));
        assertThat(line.matches()).isTrue();
        return line.group(1);
    }

    private static Launch ping(String address, String... options) {
        return Launch.of(join(new String[] {"message", "ping", address, "-n", "5"}, options));
    }

    private static String[] join(String[] words, String... more) {
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void aPinOrAnAuthorityLetsTheServerBeTrusted() {
        try (Launch.Running server = serve(identity())) {
            String address = address(server);

            for (Launch ping : new Launch[] {
                ping(address, "--tls-pin", pin),
                ping(
                        address,
                        "--tls-authority",
                        folder.resolve("certificate.pem").toString())
            }) {
                assertThat(ping.err()).isEmpty();
                assertThat(ping.exitCode()).isZero();
                assertThat(ping.out()).contains("5 sent, 5 answered, 0 lost (0%)");
            }
        }
    }

    @Test
    void aServerWithAnotherKeyIsNotTrusted() {
        try (Launch.Running server = serve(identity())) {
            Launch ping = ping(address(server), "--tls-pin", OTHER_PIN);

            assertThat(ping.exitCode()).isEqualTo(1);
            assertThat(ping.err()).contains("pinned");
        }
    }

    @Test
    void nobodyIsTalkedDownToClearText() {
        try (Launch.Running secured = serve(identity());
                Launch.Running clear = serve()) {
            Launch withoutDtls = ping(address(secured));
            Launch withDtls = ping(address(clear), "--tls-pin", pin);

            assertThat(withoutDtls.exitCode()).isEqualTo(1);
            assertThat(withoutDtls.err()).contains("this server wants DTLS");
            assertThat(withDtls.exitCode()).isEqualTo(1);
            assertThat(withDtls.err()).contains("this server has no DTLS");
            assertThat(secured.awaitError("wants DTLS.\n"))
                    .matches("pitot: The client 127\\.0\\.0\\.1:[0-9]+ was refused: this server wants DTLS\\.\n");
        }
    }
}
