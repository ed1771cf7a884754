package dev.pitot.lab.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ShellConnection;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HttpHookTest {
    private static final HookContext OCCASION = new HookContext(
            new HookContext.Point("tcp", 7, 2, Map.of("angle", "90")),
            new HookContext.End("ta te", "10.0.0.2"),
            new HookContext.End("tpc", "10.0.0.1"),
            true);

    @Test
    void aHeaderOfTheAnswerIsTheTag() throws Exception {
        try (ScriptedPeer server = answering("200 OK", "X-Pitot-Tag: angle_090\r\n", "turned\n")) {
            HookResult outcome = run(hook(server, "/turn", null));

            assertThat(outcome.failure()).isNull();
            assertThat(outcome.tag()).isEqualTo("angle_090");
        }
    }

    @Test
    void aBodyOfOneWordIsTheTag() throws Exception {
        try (ScriptedPeer one = answering("201 Created", "", "switch-3\n");
                ScriptedPeer two = answering("200 OK", "", "two words");
                ScriptedPeer none = answering("204 No Content", "", "")) {
            assertThat(run(hook(one, "/", null)).tag()).isEqualTo("switch-3");
            assertThat(run(hook(two, "/", null)).tag()).isNull();
            assertThat(run(hook(none, "/", null)).tag()).isNull();
        }
    }

    @Test
    void theCallIsToldAboutTheTest() throws Exception {
        String body = "{\"node\":\"ta te\",\"n\":7}";
        Script script = Script.start()
                .expect("PUT /ta%20te?d=from_node HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n")
                .take(1)
                .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .drain(); // closing with unread bytes would reset the connection before the answer is read
        try (ScriptedPeer server = ScriptedPeer.server(script)) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/%7Bnode%7D?d=%7Bdirection%7D");
            HookResult outcome = run(new Hook.Http(
                    Hook.Moment.BEFORE_TEST,
                    "PUT",
                    address,
                    Map.of("X-Test", "{test}"),
                    "{\"node\":\"{node}\",\"n\":{number}}",
                    Duration.ofSeconds(5)));

            assertThat(outcome.failure()).isNull();
        }
    }

    @Test
    void anyAnswerBut2xxIsAFailureAndRedirectsAreNotFollowed() throws Exception {
        try (ScriptedPeer missing = answering("404 Not Found", "X-Pitot-Tag: no\r\n", "");
                ScriptedPeer moved = answering("302 Found", "Location: http://127.0.0.1:1/\r\n", "")) {
            HookResult outcome = run(hook(missing, "/secret?key=s3cret", null));

            assertThat(outcome.tag()).isNull();
            assertThat(outcome.failure())
                    .isEqualTo("the hook POST http://127.0.0.1:" + missing.port() + " was answered with 404.");
            assertThat(run(hook(moved, "/", null)).failure()).endsWith(" was answered with 302.");
        }
    }

    @Test
    void aHeaderThatCannotBeSentIsNotShown() throws Exception {
        var hook = new Hook.Http(
                Hook.Moment.BEFORE_TEST,
                "GET",
                URI.create("http://127.0.0.1:9/"),
                Map.of("Authorization", "s3cret\r\nX: y"),
                null,
                Duration.ofSeconds(5));

        assertThat(run(hook).failure())
                .isEqualTo("the hook GET http://127.0.0.1:9 cannot be called:"
                        + " its address or one of its headers is not allowed in HTTP.");
    }

    @Test
    void aServerThatSaysNothingOrTooMuchIsGivenUp() throws Exception {
        byte[] block = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedPeer silent = ScriptedPeer.server(Script.start().stall());
                ScriptedPeer stuck = ScriptedPeer.server(Script.start()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
                        .stall());
                ScriptedPeer endless = ScriptedPeer.server(
                        Script.start().send("HTTP/1.1 200 OK\r\n\r\n").flood(block))) {
            assertThat(run(hook(silent, "/", Duration.ofMillis(300))).failure())
                    .startsWith("timed out waiting for the hook POST ")
                    .endsWith(" for 0.3 s");
            assertThat(run(hook(stuck, "/", Duration.ofMillis(300))).failure())
                    .startsWith("timed out waiting for the hook POST ")
                    .endsWith(" for 0.3 s");
            assertThat(run(hook(endless, "/", null)).failure()).endsWith(" was answered with more than 64 KiB.");
        }
    }

    @Test
    void aServerThatIsNotThereOrSpeaksGarbageIsAFailure() throws Exception {
        int port = FreePort.find();
        var nobody = new Hook.Http(
                Hook.Moment.AFTER_TEST,
                "GET",
                URI.create("http://127.0.0.1:" + port + "/"),
                Map.of(),
                null,
                Duration.ofSeconds(5));
        try (ScriptedPeer garbage = ScriptedPeer.server(Script.start().send("garbage\r\n\r\n"))) {
            assertThat(run(nobody).failure())
                    .isEqualTo("the hook GET http://127.0.0.1:" + port + " failed: nobody answers there.");
            assertThat(run(hook(garbage, "/", null)).failure()).contains(" failed: ");
        }
    }

    @Test
    @Timeout(180) // making a key takes its time
    void aCertificateThatNobodyHasSignedIsRefused(@TempDir Path folder) throws Exception {
        try (var server = (SSLServerSocket) selfSigned(folder)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(server));
            var hook = new Hook.Http(
                    Hook.Moment.BEFORE_TEST,
                    "GET",
                    URI.create("https://127.0.0.1:" + server.getLocalPort() + "/"),
                    Map.of("Authorization", "s3cret"),
                    null,
                    Duration.ofSeconds(20));

            assertThat(run(hook).failure())
                    .contains(" failed, perhaps because of its certificate: ")
                    .doesNotContain("s3cret");
        }
    }

    private static void refuse(SSLServerSocket server) {
        try (var socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
        } catch (IOException _) {
            // the client does not want it
        }
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("self.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=self",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(keytool.waitFor(50, TimeUnit.SECONDS)).isTrue();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void closingEndsACallAtOnce() throws Exception {
        try (ScriptedPeer silent = ScriptedPeer.server(Script.start().take(1).stall())) {
            HookRunner runner = runner();
            var outcome = new CompletableFuture<HookResult>();
            Thread.ofVirtual().start(() -> {
                try {
                    outcome.complete(runner.run(hook(silent, "/", Duration.ofHours(1)), OCCASION, false, _ -> {}));
                } catch (InterruptedException e) {
                    outcome.completeExceptionally(e);
                }
            });
            silent.take();

            runner.close();

            assertThat(outcome.get(100, TimeUnit.SECONDS).failure()).isEqualTo("A hook was stopped.");
        }
    }

    private static ScriptedPeer answering(String status, String headers, String body) throws IOException {
        return ScriptedPeer.server(Script.start()
                .take(1)
                .send("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .drain());
    }

    private static Hook.Http hook(ScriptedPeer server, String path, @Nullable Duration timeout) {
        return new Hook.Http(
                Hook.Moment.BEFORE_TEST,
                "POST",
                URI.create("http://127.0.0.1:" + server.port() + path),
                Map.of(),
                null,
                timeout == null ? Duration.ofSeconds(2) : timeout);
    }

    private static HookRunner runner() {
        return new HookRunner(
                _ -> null,
                CommandTargets.linux("here", new ShellConnection(null)),
                CommandTargets.clocks(new MachineClock()));
    }

    private static HookResult run(Hook hook) throws InterruptedException {
        try (HookRunner runner = runner()) {
            return runner.run(hook, OCCASION, false, _ -> {});
        }
    }
}
