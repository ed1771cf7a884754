package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(180)
@Tag("slow")
class ExporterTest {
    private static final Pattern LISTENING = Pattern.compile("listening on .*:([0-9]+), profiles: (.*)\n");

    private record Answer(int status, String body) {}

    /// An exporter running in this process, on its own port.
    private record Exporter(Launch.Running running, int port) implements AutoCloseable {
        static Exporter start(String... options) {
            List<String> args = new ArrayList<>(List.of("exporter", "--listen", "127.0.0.1:0"));
            args.addAll(List.of(options));
            Launch.Running running = Launch.start(args.toArray(String[]::new));
            return new Exporter(running, port(running.awaitOutput("\n")));
        }

        private static int port(String out) {
            Matcher line = LISTENING.matcher(out);
            assertThat(line.matches()).as(out).isTrue();
            return Integer.parseInt(line.group(1));
        }

        Answer get(String path, int timeoutSeconds) {
            return ExporterTest.get(port, path, timeoutSeconds);
        }

        Launch end() {
            running.signal("Terminated(15)");
            return running.join();
        }

        @Override
        public void close() {
            running.close();
        }
    }

    private static Answer get(int port, String path, int timeoutSeconds) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setRequestProperty("X-Prometheus-Scrape-Timeout-Seconds", Integer.toString(timeoutSeconds));
            connection.setReadTimeout(30_000);
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String probe(int port, String profile) {
        return "/probe?target=127.0.0.1:" + port + "&profile=" + profile;
    }

    private static double value(String page, String series) {
        return page.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in " + page));
    }

    @Test
    @Needs(Tool.IPERF3)
    void aProbeTestsAgainstARealServer() throws Exception {
        try (ServerProcess server = Iperf3.server();
                Exporter exporter = Exporter.start("--profile=default=-n 1M", "--profile=down=-R -n 64K")) {
            Answer up = exporter.get(probe(server.port(), "default"), 10);
            Answer down = exporter.get(probe(server.port(), "down"), 10);
            Answer all = exporter.get("/metrics", 10);

            assertThat(up.status()).as(up.body()).isEqualTo(200);
            assertThat(value(up.body(), "pitot_probe_success")).isEqualTo(1);
            assertThat(value(up.body(), "pitot_probe_transferred_bytes{direction=\"transmit\",protocol=\"tcp\"}"))
                    .isEqualTo(1 << 20);
            assertThat(value(
                            up.body(),
                            "pitot_probe_throughput_bytes_per_second{direction=\"transmit\",protocol=\"tcp\"}"))
                    .isPositive();
            assertThat(value(down.body(), "pitot_probe_success")).isEqualTo(1);
            assertThat(down.body()).contains("pitot_probe_transferred_bytes{direction=\"receive\",protocol=\"tcp\"}");
            assertThat(value(all.body(), "pitot_tests_total{outcome=\"completed\",protocol=\"tcp\",role=\"client\"}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aServerThatIsDownIsNoSuccess() {
        int nobody = Integer.parseInt(Launch.freePort());
        try (Exporter exporter = Exporter.start()) {
            Answer answer = exporter.get(probe(nobody, "default"), 10);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(value(answer.body(), "pitot_probe_success")).isZero();
            assertThat(value(answer.body(), "pitot_probe_error{error=\"connect\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    @Needs(Tool.IPERF3)
    void aTestThatIsLongerThanTheScrapeIsCut() throws Exception {
        try (ServerProcess server = Iperf3.server();
                Exporter exporter = Exporter.start()) {
            Answer answer = exporter.get(probe(server.port(), "default"), 1);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(value(answer.body(), "pitot_probe_success")).isZero();
            // 1 s less half a second for the response; the profile's 5 s would be far longer.
            assertThat(value(answer.body(), "pitot_probe_duration_seconds")).isBetween(0.5, 4.0);
        }
    }

    @Test
    void aSilentTargetIsCutToo() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Exporter exporter = Exporter.start()) {
            Answer answer = exporter.get(probe(silent.getLocalPort(), "default"), 1);

            assertThat(value(answer.body(), "pitot_probe_success")).isZero();
            assertThat(value(answer.body(), "pitot_probe_duration_seconds")).isBetween(0.5, 4.0);
        }
    }

    @Test
    void onlyKnownProfilesAndAllowedTargetsAreProbed() {
        try (Exporter exporter = Exporter.start("--allow", "localhost:5300")) {
            Answer unknown = exporter.get("/probe?target=LOCALHOST:5300&profile=no", 1);
            Answer port = exporter.get("/probe?target=localhost:5301", 1);
            Answer host = exporter.get("/probe?target=127.0.0.1:5300", 1);

            assertThat(unknown).isEqualTo(new Answer(400, "unknown profile: one of default\n"));
            assertThat(port.status()).isEqualTo(400);
            assertThat(host)
                    .isEqualTo(new Answer(400, "target is not allowed: add it to the targets that may be probed\n"));
            assertThat(exporter.end())
                    .isEqualTo(
                            new Launch(0, "listening on 127.0.0.1:" + exporter.port() + ", profiles: default\n", ""));
        }
    }

    @Test
    void aSecondProbeIsToldToComeBackLater() throws Exception {
        try (var silent = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                Exporter exporter = Exporter.start()) {
            String path = probe(silent.getLocalPort(), "default");
            CompletableFuture<Answer> first =
                    CompletableFuture.supplyAsync(() -> exporter.get(path, 3), Thread::startVirtualThread);
            silent.accept().getInputStream().readNBytes(1); // the first has sent its cookie

            assertThat(exporter.get(path, 3).status()).isEqualTo(503);
            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void withMoreAtOnceTheSecondRunsToo() throws Exception {
        try (var silent = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                Exporter exporter = Exporter.start("--at-once", "2")) {
            String path = probe(silent.getLocalPort(), "default");
            CompletableFuture<Answer> first =
                    CompletableFuture.supplyAsync(() -> exporter.get(path, 3), Thread::startVirtualThread);
            silent.accept().getInputStream().readNBytes(1);

            assertThat(exporter.get(path, 1).status()).isEqualTo(200);
            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void itWarnsWhereAnyTargetMayBeProbed() {
        try (Exporter exporter = Exporter.start()) {
            Launch launch = exporter.end();

            assertThat(launch.exitCode()).isZero();
            assertThat(launch.err())
                    .startsWith("pitot: warning: any target may be probed")
                    .hasLineCount(1);
        }
    }

    @Test
    void wrongUsageIsOneSentenceAndExitCodeOne() {
        Launch launch = Launch.of("exporter", "--profile", "lan=-l 8 -u");

        assertThat(launch)
                .isEqualTo(new Launch(
                        1,
                        "",
                        "pitot: profile lan: parameter error - block size invalid (minimum = 16 bytes,"
                                + " maximum = 65507 bytes) (see pitot exporter --help)\n"));
    }

    @Test
    void aPortThatIsTakenIsOneSentenceToo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(Launch.of("exporter", "--allow", "lab", "--listen", address))
                    .isEqualTo(new Launch(1, "", "pitot: cannot listen on " + address + ": Address already in use\n"));
        }
    }

    @Test
    void helpIsItsOwn() {
        Launch launch = Launch.of("exporter", "--help");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).startsWith("Usage: pitot exporter ");
        assertThat(launch.err()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSignalEndsTheProcessInOrder() throws Exception {
        try (ChildProcess exporter =
                ChildProcess.start(SeparateJvm.command("exporter", "--listen=127.0.0.1:0", "--allow=lab"))) {
            exporter.awaitStdout("\n");
            assertThat(get(Exporter.port(exporter.stdout()), "/-/healthy", 1)).isEqualTo(new Answer(200, "healthy\n"));

            exporter.send(Signal.TERM);

            assertThat(exporter.awaitExit(Duration.ofSeconds(20)).code()).isZero();
            assertThat(exporter.stderr()).isEmpty();
        }
    }

    /// Loading it would slow down every start of the program.
    @Test
    void otherCommandsDoNotLoadTheParserOfOptions() throws Exception {
        List<String> command = new ArrayList<>(SeparateJvm.command("-c", "127.0.0.1", "-p", Launch.freePort()));
        command.add(1, "-Xlog:class+load");
        try (ChildProcess client = ChildProcess.start(command)) {
            String classes = client.awaitExit().stdout();

            assertThat(classes).contains("dev.pitot.cli.Command ").doesNotContain("picocli");
        }
    }
}
