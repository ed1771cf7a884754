package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.pitot.testkit.PushReceiver;
import dev.pitot.testkit.PushReceiver.Push;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pushes of live metrics during tests.
@Tag("slow")
class FiguresPushTest {
    @TempDir
    private Path folder;

    private final String port = Launch.freePort();

    /// Runs one client against a server that serves one test.
    private Launch measured(String... more) {
        try (Launch.Running server = ShortTest.server(port, "-1")) {
            Launch client = ShortTest.client(port, more);
            server.join();
            return client;
        }
    }

    @Test
    void figuresArriveWhileTheTestRunsAndTheLastOnesTellItsEnd() throws Exception {
        try (PushReceiver gateway = PushReceiver.start();
                Launch.Running server = ShortTest.server(port, "-1")) {
            Launch.Running client = ShortTest.endless(
                    port, "--push.url", gateway.address(), "--push.job", "nightly run", "--push.label", "path=/a");

            Push during = gateway.await(push -> push.body().contains("pitot_throughput_bytes_per_second{"));
            client.signal("Interrupt(2)");
            Launch launch = client.join();

            assertThat(launch.exitCode()).isZero();
            assertThat(during.method()).isEqualTo("PUT");
            assertThat(during.path()).isEqualTo("/metrics/job/nightly%20run/path@base64/L2E");
            assertThat(during.userAgent()).matches("pitot/[0-9]+\\.[0-9]+\\.[0-9]+.*");
            assertThat(gateway.taken())
                    .allMatch(push -> push.method().equals("PUT"))
                    .last()
                    .extracting(Push::body)
                    .asString()
                    .contains("pitot_tests_total{outcome=\"cancelled\",protocol=\"tcp\",role=\"client\"} 1.0\n");
            server.join();
        }
    }

    @Test
    void aServerPushesAndTakesItsGroupAway() throws Exception {
        try (PushReceiver gateway = PushReceiver.start();
                Launch.Running server =
                        ShortTest.server(port, "--push.url", gateway.address(), "--push.delete-on-exit=yes")) {
            ShortTest.client(port);
            server.awaitOutput("(test #2)");
            gateway.await(push -> push.body()
                    .contains("pitot_tests_total{outcome=\"completed\",protocol=\"tcp\",role=\"server\"} 1.0"));

            server.signal("Terminated(15)");

            assertThat(server.join().exitCode()).isZero();
            assertThat(gateway.taken())
                    .extracting(Push::method, Push::path)
                    .containsExactly(tuple("DELETE", "/metrics/job/iperf3"));
        }
    }

    @Test
    void windowsAreGatheredUnderTheNamesOfIperf3Rs() throws Exception {
        try (PushReceiver gateway = PushReceiver.start()) {
            measured(
                    "-i",
                    "0.1",
                    "--push.url",
                    gateway.address(),
                    "--push.interval",
                    "1h",
                    "--metrics.names",
                    "iperf3-rs");

            assertThat(gateway.taken())
                    .singleElement()
                    .satisfies(push -> assertThat(push.body())
                            .contains("\niperf3_window_transferred_bytes " + ShortTest.BYTES + "\n"));
        }
    }

    @Test
    void aTokenReachesTheGatewayAndNobodyElse() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        try (PushReceiver gateway = PushReceiver.answering(403)) {
            Launch client = measured("--push.url", gateway.address(), "--push.token-file", token.toString());

            assertThat(client.exitCode()).isZero();
            assertThat(gateway.taken())
                    .isNotEmpty()
                    .allMatch(push -> push.authorization().equals("Bearer t0ken"));
            assertThat(client.err().lines())
                    .containsOnly("iperf3: failed to push metrics: the Pushgateway at " + gateway.address()
                            + " answered 403: check the credentials");
        }
    }

    @Test
    void aGatewayThatIsDownChangesNothingButStandardError() throws IOException {
        String address = "127.0.0.1:" + Launch.freePort();

        Launch client = measured("-J", "--push.url", address, "--push.delete-on-exit");

        assertThat(client.exitCode()).isZero();
        assertThat(client.out()).startsWith("{\n").endsWith("\n}\n");
        List<String> lines = client.err().lines().toList();
        assertThat(lines)
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.contains("the Pushgateway at http://" + address + " cannot be reached: "));
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(line -> line.startsWith("iperf3: failed to push metrics: "));
        assertThat(lines.getLast()).startsWith("iperf3: failed to delete Pushgateway metrics: ");
    }

    @Test
    void aGatewayThatNeverAnswersDelaysTheEndByItsTimeoutOnly() throws IOException {
        try (PushReceiver gateway = PushReceiver.silent()) {
            Duration bound = Duration.ofMillis(100).plusSeconds(2); // see MetricsSinks.close

            assertTimeout(bound.plusSeconds(4), () -> {
                Launch client = measured(
                        "-i",
                        "0.1",
                        "--push.url",
                        gateway.address(),
                        "--push.timeout",
                        "100ms",
                        "--push.retries",
                        "10",
                        "--push.delete-on-exit");

                assertThat(client.exitCode()).isZero();
                assertThat(client.out()).endsWith("\niperf Done.\n");
                assertThat(client.err()).contains("iperf3: failed to delete Pushgateway metrics: ");
            });
        }
    }
}
