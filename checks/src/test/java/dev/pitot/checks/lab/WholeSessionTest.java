package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.checks.program.Document;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A session with hooks of every moment, a variable that is set, a gate of pings at a link that is
/// down at first, monitors, and two streams of iperf 2: all that apetools did around its tests. What
/// the results say is compared with the raw lines, read here without any code of the lab.
@Needs({Tool.IPERF2, Tool.NAMESPACES, Tool.PING, Tool.SOCAT, Tool.SSHD})
@Timeout(240)
@Tag("slow")
class WholeSessionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration DOWN = Duration.ofSeconds(5); // more than the link is down before the gate begins
    private static final int MAX_POLLS = 1200;
    private static final int STREAM = 5; // columns of iperf 2's lines, from 0
    private static final int INTERVAL = 6;
    private static final int BYTES = 7;
    private static final int RATE = 8;
    private static final String SUM = "-1";
    private static final String PLAN = """
            pairs: [[$b, $a]]
            directions: to
            retries: 0
            output: {series: apetools}
            variables:
              angle:
                values: [0, 90]
                set: [{command: [sh, -c, 'echo set {angle} >>$log']}]
            tests:
              - {name: sums, engine: iperf2, options: {time: 3, parallel: 2, interval: 1, bitrate: 20M}}
            hooks:
              session_start: [{command: [sh, -c, 'echo start >>$log']}]
              before_test:
                - {node: $b, command: [sh, -c, 'echo before {angle} >>$log; echo turned_{angle}']}
                - {ping: {threshold: 2, timeout: 60 s}}
              before_client: [{command: [sh, -c, 'echo client {angle} >>$log; echo power=7.5']}]
              after_test: [{command: [sh, -c, 'echo after {angle} >>$log']}]
              session_end: [{command: [sh, -c, 'echo end >>$log']}]
            watches:
              - {watch: cpu, node: $b, interval: 500 ms}
              - {watch: net_dev, node: $b, interval: 500 ms}
              - {watch: ping, node: $b, arguments: [$address]}
            """;

    @TempDir
    private Path folder;

    @Test
    void everythingAroundATestIsDoneAndInItsResults() throws Exception {
        Path log = folder.resolve("moments");
        try (LabNodes nodes = LabNodes.create(folder)) {
            Path plan = nodes.plan(PLAN.replace("$log", log.toString()).replace("$address", nodes.address("a")));
            nodes.unplug("b");
            Exit exit;
            try (ChildProcess run = nodes.run(List.of(), plan, folder.resolve("results"))) {
                for (int i = 0; i < MAX_POLLS && !lines(log).contains("before 0"); i++) {
                    assertThat(run.hasEndedWithin(POLL)).as(run.toString()).isFalse();
                }
                assertThat(run.hasEndedWithin(DOWN)).as(run.toString()).isFalse();
                nodes.plugIn("b");
                exit = run.awaitExit(TIMEOUT);
            }

            var results = new SessionResults(folder.resolve("results"));
            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(lines(log))
                    .containsExactly(
                            "start",
                            "set 0",
                            "before 0",
                            "client 0",
                            "after 0",
                            "set 90",
                            "before 90",
                            "client 90",
                            "after 90",
                            "end");
            checkColumns(results);
            for (Document test : results.runs().values()) {
                checkSeries(results, test);
            }
            checkFolder(results, nodes);
            assertThat(nodes.leftovers()).isEmpty();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void checkColumns(SessionResults results) throws IOException {
        assertThat(results.column("angle")).containsExactly("0", "90");
        assertThat(results.column("power")).containsOnly("7.5");
        assertThat(results.column("recovery_seconds"))
                .hasSize(2)
                .allSatisfy(text -> assertThat(Double.parseDouble(text)).isNotNegative());
        assertThat(Double.parseDouble(results.column("recovery_seconds").getFirst()))
                .isGreaterThanOrEqualTo(1); // of the five seconds, some are gone before the gate begins
        assertThat(results.column("node_cpu_percent"))
                .allSatisfy(text -> assertThat(Double.parseDouble(text)).isBetween(0.0, 100.0));
    }

    /// Compares a receiver's series with the sums that iperf 2 prints, and both means.
    private static void checkSeries(SessionResults results, Document test) throws IOException {
        String raw = test.all("files[]").stream()
                .filter(name -> name.contains("_rx_") && name.endsWith(".iperf"))
                .findFirst()
                .orElseThrow();
        String angle = test.text("variables.angle");
        assertThat(raw).contains("_angle_" + angle + "_").contains("_turned_" + angle + "_");
        Map<Double, Double> sums = new TreeMap<>(); // of the streams: a server of iperf 2 prints none in CSV
        long bytes = 0;
        for (String line : Files.readAllLines(results.folder().resolve(raw))) {
            String[] fields = line.substring(line.indexOf(',') + 1).split(",", -1);
            if (fields.length > RATE && fields[0].matches("\\d{14}") && !fields[STREAM].equals(SUM)) {
                String[] ends = fields[INTERVAL].split("-", -1);
                double start = Double.parseDouble(ends[0]);
                if (Double.parseDouble(ends[1]) - start < 1.5) {
                    sums.merge(start, Double.parseDouble(fields[RATE]) / 1e6, Double::sum);
                } else {
                    bytes += Long.parseLong(fields[BYTES]);
                }
            }
        }
        List<Double> series = new ArrayList<>();
        Path parsed =
                results.folder().resolve(raw.replace("raw_iperf/", "parsed/").replace(".iperf", ".csv"));
        for (String line : Files.readAllLines(parsed)) {
            if (Character.isDigit(line.charAt(0))) {
                series.add(Double.parseDouble(line.substring(line.indexOf(',') + 1)));
            }
        }

        assertThat(series).as(raw).hasSizeGreaterThanOrEqualTo(3).hasSameSizeAs(sums.values());
        List<Double> added = List.copyOf(sums.values());
        for (int i = 0; i < series.size(); i++) {
            assertThat(series.get(i)).isCloseTo(added.get(i), within(1e-3));
        }
        SessionResults.Row row = results.summary().stream()
                .filter(each -> each.at("angle").equals(angle))
                .findFirst()
                .orElseThrow();
        double mean = series.stream().mapToDouble(each -> each).average().orElseThrow() * 1e6;
        assertThat(Double.parseDouble(row.at("interval_mean_bits_per_second"))).isCloseTo(mean, within(mean / 1e3));
        assertThat(row.at("receiver_bytes")).isEqualTo(Long.toString(bytes));
    }

    private static void checkFolder(SessionResults results, LabNodes nodes) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(results.folder().resolve("logs"))) {
            names = files.map(file -> Objects.requireNonNull(file.getFileName()).toString())
                    .sorted()
                    .toList();
        }
        assertThat(names)
                .anyMatch(name -> name.startsWith("state_" + nodes.name("b")))
                .anyMatch(name -> name.contains("cpu"))
                .anyMatch(name -> name.contains("net_dev"))
                .anyMatch(name -> name.contains("ping"))
                .anyMatch(name -> name.contains("before_test"));
        String pings = "";
        for (String name : names) {
            pings += name.contains("ping") ? results.text("logs/" + name) : "";
        }
        assertThat(pings).containsPattern("Z,\n(?s:.*)Z,[0-9.]+\n"); // lost at first, then answered
    }
}
