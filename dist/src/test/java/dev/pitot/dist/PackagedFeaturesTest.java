package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.GoldenFiles;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs more of the Java runtime than sockets, run from the packages.
@Tag("slow")
@Needs(Tool.PACKAGE)
class PackagedFeaturesTest {
    private final Path pitot = BuiltPackages.tree().file("bin/pitot");

    @TempDir
    Path folder;

    @Test
    @Needs(Tool.SSHD)
    void aLabReachesNodesByItsOwnSsh() throws Exception {
        Path results = folder.resolve("results");
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"))) {
            Path plan = Files.writeString(folder.resolve("plan.yaml"), """
                    title: packaged
                    nodes:
                      here: {connection: local, address: 127.0.0.1, engine: pitot, programs: {pitot: '%1$s'}}
                      there: {connection: builtin-ssh, host: %2$s, port: %3$d, login: %4$s, identity: '%5$s',
                              known_hosts: '%6$s', address: 127.0.0.1, engine: pitot, programs: {pitot: '%1$s'}}
                    traffic_pc: here
                    directions: [to]
                    tests: [{name: tcp, options: {time: 1}}]
                    """.formatted(
                            pitot,
                            sshd.host(),
                            sshd.port(),
                            sshd.login(),
                            sshd.clientKey(),
                            folder.resolve("sshd/known_hosts")));

            ChildProcess.Exit exit = run("lab", "run", "--output", results.toString(), plan.toString());

            assertThat(exit.code()).as(exit.stdout() + exit.stderr()).isZero();
            assertThat(results.resolve("junit.xml")).content().contains("<testcase ");
        }
    }

    @Test
    void aUserIsAuthenticated() throws Exception {
        int port = FreePort.find();
        List<String> server = List.of(
                "-s",
                "-1",
                "-p",
                "" + port,
                "--forceflush",
                "--rsa-private-key-path",
                golden("private.pem"),
                "--authorized-users-path",
                golden("users.csv"));

        try (ChildProcess listening = start(server, Map.of())) {
            listening.awaitStdout("Server listening");
            List<String> client = List.of(
                    "-c",
                    "127.0.0.1",
                    "-p",
                    "" + port,
                    "-n",
                    "1M",
                    "-J",
                    "--username",
                    "mario",
                    "--rsa-public-key-path",
                    golden("public.pem"));
            try (ChildProcess tested = start(client, Map.of("IPERF3_PASSWORD", "rossi"))) {
                assertThat(tested.awaitExit().stdout())
                        .contains("\"sum_received\"")
                        .doesNotContain("\"error\"");
            }
        }
    }

    @Test
    void metricsAreServed() throws Exception {
        int port = FreePort.find();
        List<String> exporter = List.of("exporter", "--listen", "127.0.0.1:" + port);
        String probe = "http://127.0.0.1:" + port + "/probe?target=127.0.0.1:" + FreePort.find();

        try (ChildProcess serving = start(exporter, Map.of());
                HttpClient http = HttpClient.newHttpClient()) {
            serving.awaitStdout("listening on");
            assertThat(http.send(HttpRequest.newBuilder(URI.create(probe)).build(), BodyHandlers.ofString())
                            .body())
                    .contains("pitot_probe_success 0");
        }
    }

    @Test
    void metricsArePushedOverTls() throws Exception {
        var identity = TlsIdentity.create(folder);
        HttpsServer gateway = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BlockingQueue<String> pushed = new LinkedBlockingQueue<>();
        gateway.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        gateway.createContext("/", exchange -> {
            pushed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        gateway.start();
        String url = "https://127.0.0.1:" + gateway.getAddress().getPort();
        List<String> server = List.of("-s", "-1", "-p", "" + FreePort.find(), "--forceflush");

        try (ChildProcess listening = start(server, Map.of())) {
            listening.awaitStdout("Server listening");
            String authority = identity.certificate().toString();
            ChildProcess.Exit exit =
                    run("-c", "127.0.0.1", "-p", server.get(3), "-n", "1M", "--push.url", url, "--push.ca", authority);

            assertThat(exit.code()).as(exit.stderr()).isZero();
            assertThat(pushed).isNotEmpty().last().asString().contains("pitot_");
        } finally {
            gateway.stop(0);
        }
    }

    @Test
    void messagesGoInsideDtls() throws Exception {
        var identity = TlsIdentity.create(folder);
        String port = "127.0.0.1:" + FreePort.find();
        String certificate = identity.certificate().toString();
        List<String> server = List.of(
                "message",
                "serve",
                "--listen",
                port,
                "--tls-certificate",
                certificate,
                "--tls-key",
                identity.key().toString());

        try (ChildProcess serving = start(server, Map.of())) {
            serving.awaitStdout("listening on");

            assertThat(run("message", "ping", port, "-n", "5", "--tls-authority", certificate)
                            .stdout())
                    .contains("5 sent, 5 answered");
        }
    }

    private String golden(String name) throws IOException {
        return GoldenFiles.copy("auth/" + name, folder).toString();
    }

    private ChildProcess.Exit run(String... arguments) throws Exception {
        try (ChildProcess program = start(List.of(arguments), Map.of())) {
            return program.awaitExit();
        }
    }

    private ChildProcess start(List<String> arguments, Map<String, String> variables) throws IOException {
        List<String> command = new ArrayList<>(List.of(pitot.toString()));
        command.addAll(arguments);
        return ChildProcess.start(command, variables);
    }
}
