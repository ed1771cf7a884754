package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.PushReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metrics files beside a report.
@Tag("slow")
class FiguresTest {
    private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");

    @TempDir
    private Path folder;

    private final String port = Launch.freePort();

    private String file() {
        return folder.resolve("figures").toString();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("figures"));
    }

    /// Runs one client against a server that serves one test.
    private Launch measured(String... more) {
        try (Launch.Running server = ShortTest.server(port, "-1")) {
            Launch client = ShortTest.client(port, more);
            assertThat(server.join().exitCode()).isZero();
            return client;
        }
    }

    /// Runs two clients against one server, which is then interrupted.
    private Launch servedTwice(String... more) {
        try (Launch.Running server = ShortTest.server(port, more)) {
            assertThat(ShortTest.client(port).exitCode()).isZero();
            server.awaitOutput("(test #2)");
            assertThat(ShortTest.client(port, "-R").exitCode()).isZero();
            server.awaitOutput("(test #3)");
            server.signal("Terminated(15)");
            return server.join();
        }
    }

    private static long sum(List<String> lines, String field) {
        Pattern value = Pattern.compile("\"" + field + "\":(\\d+)");
        return lines.stream()
                .flatMap(line -> value.matcher(line).results())
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Test
    void aClientWritesALineForEachThingThatHappens() throws IOException {
        Launch client = measured("-i", "0.1", "--metrics.file", file());

        assertThat(client.exitCode()).isZero();
        assertThat(client.err()).isEmpty();
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lines.getFirst()).startsWith("{\"schema_version\":1,\"event\":\"start\",\"run_id\":\"");
        assertThat(lines.getLast()).contains("\"event\":\"end\"");
        List<String> intervals = lines.subList(1, lines.size() - 1);
        assertThat(intervals).allMatch(line -> line.contains("\"event\":\"interval\""));
        assertThat(intervals).allMatch(line -> line.contains("\"role\":\"Client\",\"direction\":\"Sender\""));
        assertThat(sum(intervals, "transferred_bytes")).isEqualTo(ShortTest.BYTES);
    }

    @Test
    void aServersFileHoldsAllItsTestsToTheLastLine() throws IOException {
        Launch server = servedTwice("-i", "0.1", "--metrics.file", file());

        assertThat(server.exitCode()).isZero();
        assertThat(lines().stream().filter(line -> line.contains("\"event\":\"start\"")))
                .hasSize(2);
        assertThat(lines().stream().filter(line -> line.contains("\"event\":\"end\"")))
                .hasSize(2);
        assertThat(lines().getLast()).contains("\"event\":\"end\"");
        assertThat(sum(lines(), "transferred_bytes")).isGreaterThanOrEqualTo(2 * ShortTest.BYTES);
    }

    @Test
    void aServerThatIsStoppedAmidATestWritesItsEnd() throws IOException {
        try (Launch.Running server = ShortTest.server(port, "-i", "0.1", "--metrics.file", file())) {
            Launch.Running client = ShortTest.endless(port);
            server.awaitOutput("   0.00-");

            server.signal("Terminated(15)");

            assertThat(server.join().exitCode()).isZero();
            assertThat(lines().getLast()).contains("\"event\":\"end\"").contains("\"ending\":\"cancelled\"");
            client.join();
        }
    }

    @Test
    void aTableHasOneHeaderForAllTests() throws IOException {
        servedTwice("-i", "0.1", "--metrics.file", file(), "--metrics.format", "csv");

        assertThat(lines().getFirst()).startsWith("run_id,timestamp_unix_seconds,peer,role,direction,");
        assertThat(lines().stream().filter(line -> line.startsWith("run_id"))).hasSize(1);
        assertThat(lines().stream().skip(1)).anyMatch(line -> line.contains(",server,receiver,tcp,1,false,"));
        assertThat(lines().stream().skip(1)).anyMatch(line -> line.contains(",server,sender,tcp,1,false,"));
    }

    @Test
    void pointsForInfluxAreAppendedAndLabelled() throws IOException {
        String[] options = {
            "--metrics.file", file(), "--metrics.format", "influx", "--metrics.label", "site=a b", "-i", "0.1"
        };
        measured(options);
        int first = lines().size();
        measured(options);

        assertThat(lines()).hasSizeGreaterThan(first);
        assertThat(lines())
                .allMatch(line -> line.contains(",role=client,direction=sender,protocol=tcp,site=a\\ b run_id="));
    }

    @Test
    void aPrometheusFileHoldsTheFinalStateUnderPitotsNames() throws IOException {
        measured("--metrics.file", file(), "--metrics.format", "prometheus", "--metrics.label", "site=x");

        assertThat(lines())
                .contains("pitot_transferred_bytes_total{direction=\"transmit\",protocol=\"tcp\",role=\"client\","
                        + "site=\"x\"} 262144.0")
                .contains("pitot_tests_total{outcome=\"completed\",protocol=\"tcp\",role=\"client\",site=\"x\"} 1.0")
                .contains("pitot_tests_running{role=\"client\",site=\"x\"} 0.0");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("figures"));
        }
    }

    @Test
    void aServersPrometheusFileCountsOverItsTests() throws IOException {
        Launch server = servedTwice("--metrics.file", file(), "--metrics.format", "prometheus");

        assertThat(server.exitCode()).isZero();
        assertThat(lines())
                .contains("pitot_tests_total{outcome=\"completed\",protocol=\"tcp\",role=\"server\"} 2.0")
                .contains("pitot_transferred_bytes_total{direction=\"receive\",protocol=\"tcp\",role=\"server\"}"
                        + " 262144.0");
    }

    @Test
    void aPrometheusFileMayHaveTheNamesOfIperf3Rs() throws IOException {
        measured(
                "-i",
                "0.1",
                "--metrics.file",
                file(),
                "--metrics.format",
                "prometheus",
                "--metrics.names",
                "iperf3-rs",
                "--metrics.prefix",
                "lab",
                "--metrics.label",
                "site=x");

        assertThat(lines())
                .contains("# TYPE lab_transferred_bytes gauge", "lab_stream_count{site=\"x\"} 1")
                .allMatch(line -> line.startsWith("lab_") || line.startsWith("# TYPE lab_"));
    }

    @Test
    void variablesAskForFiguresToo() throws IOException {
        try (Launch.Running server = ShortTest.server(port, "-1")) {
            Launch.Running client = Launch.start(
                    Map.of("IPERF3_METRICS_FILE", file(), "IPERF3_METRICS_FORMAT", "csv"),
                    "-c",
                    "127.0.0.1",
                    "-p",
                    port,
                    "-n",
                    "64K");
            assertThat(client.join().exitCode()).isZero();
            server.join();
        }

        assertThat(lines().getFirst()).startsWith("run_id,");
    }

    @Test
    void theReportForPeopleIsTheSameBesideFigures() throws IOException {
        Launch without = measured("--no-findings"); // whether round trips can be stated depends on the machine
        Launch with;
        try (PushReceiver gateway = PushReceiver.start()) {
            with = measured("--no-findings", "--metrics.file", file(), "--push.url", gateway.address());
        }

        assertThat(shape(with.out())).isEqualTo(shape(without.out()));
        assertThat(with.err()).isEmpty();
        assertThat(with.exitCode()).isZero();
    }

    /// Returns a text without its numbers and units.
    private static String shape(String text) {
        return text.replaceAll("[0-9.]+", "0").replaceAll(" +", " ").replaceAll("[KMG](Bytes|bits)", "$1");
    }

    @Test
    void theDocumentHasTheSameKeysBesideFigures() throws IOException {
        Launch without = measured("-J");
        Launch with;
        try (PushReceiver gateway = PushReceiver.start()) {
            with = measured("-J", "--metrics.file", file(), "--push.url", gateway.address());
        }

        assertThat(keys(with.out())).isEqualTo(keys(without.out())).contains("sum_received");
        assertThat(with.out()).startsWith("{\n\t\"start\":\t{\n").endsWith("\n}\n");
        assertThat(with.err()).isEmpty();
    }

    private static List<String> keys(String json) {
        return KEY.matcher(json).results().map(key -> key.group(1)).toList();
    }
}
