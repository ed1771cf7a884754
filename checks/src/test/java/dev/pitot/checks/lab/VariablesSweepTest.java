package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A sweep over two variables with three nodes, three tools and two repetitions. The program is killed
/// in the middle, and the session goes on: its table equals the medians of what the tools printed.
@Needs({Tool.IPERF2, Tool.IPERF3, Tool.NAMESPACES, Tool.SOCAT, Tool.SSHD})
@Timeout(600)
@Tag("slow")
class VariablesSweepTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(280);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MAX_POLLS = 2_800;
    private static final int TESTS = 48; // 2 angles x 2 repetitions x 2 attenuations x 2 pairs x 3 tools
    private static final int KILLED_AFTER = 20;
    private static final int MAX_MOVES = 3; // to each angle once, and once more after the kill
    private static final String PLAN = """
            pairs: [[$b, $a], [$c, $a]]
            directions: to
            variables:
              angle:
                values: [0, 90]
                set: [{command: [sh, -c, 'echo {angle} >>$log.angle'], timeout: 30 s}]
              attenuation:
                values: [0, 10]
                set: [{command: [sh, -c, 'echo {attenuation} >>$log.attenuation'], timeout: 30 s}]
            order: [angle, repetition, attenuation, node]
            repeat: 2
            tests:
              - {name: tcp, engine: [pitot, iperf3, iperf2], options: {bytes: 1M, interval: 0}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aKilledSweepGoesOnAndItsTableIsWhatTheToolsPrinted() throws Exception {
        Path results = folder.resolve("results");
        Path log = folder.resolve("log");
        try (LabNodes nodes = LabNodes.create(folder)) {
            Path plan = nodes.plan(PLAN.replace("$log", log.toString()));
            killInTheMiddle(nodes, plan, results);
            Exit exit;
            try (ChildProcess resumed = nodes.lab(List.of(), "run", "--resume", results.toString())) {
                exit = resumed.awaitExit(TIMEOUT);
            }

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(nodes.leftovers()).isEmpty();
            checkEveryTestIsThereOnce(results);
            assertThat(Files.readAllLines(Path.of(log + ".angle"))).hasSizeBetween(2, MAX_MOVES);
            List<String> table = Files.readAllLines(results.resolve("summary.txt"));
            assertThat(exit.stdout().lines()).containsAll(table);
            assertThat(cells(table)).isEqualTo(medians(results)).hasSize(2 * 2 * 2 * 3);
            checkSummariesAreMadeAgain(nodes, results);
        }
    }

    private static void killInTheMiddle(LabNodes nodes, Path plan, Path results) throws Exception {
        Path lines = results.resolve("results.jsonl");
        try (ChildProcess run = nodes.run(List.of(), plan, results)) {
            for (int i = 0; i < MAX_POLLS && count(lines) < KILLED_AFTER; i++) {
                assertThat(run.hasEndedWithin(POLL)).as(run.toString()).isFalse();
            }
            run.send(Signal.KILL);
            run.awaitExit(TIMEOUT);
        }
        assertThat(count(lines)).isBetween(KILLED_AFTER, TESTS - 1);
    }

    private static int count(Path lines) throws IOException {
        return Files.exists(lines) ? Files.readAllLines(lines).size() : 0;
    }

    private static void checkEveryTestIsThereOnce(Path results) throws IOException {
        List<String> passed = new ArrayList<>();
        for (String line : Files.readAllLines(results.resolve("results.jsonl"))) {
            Document run = Document.strict(line);
            if (run.text("verdict").equals("passed")) {
                passed.add(run.text("number"));
            }
        }
        assertThat(passed).hasSize(TESTS).doesNotHaveDuplicates();
        assertThat(new SessionResults(results).column("number")).containsExactlyInAnyOrderElementsOf(passed);
        assertThat(new SessionResults(results).column("verdict")).containsOnly("passed");
    }

    /// Rates in Mbit/s by test and point, computed from the receivers' raw files without the lab's code.
    private static Map<String, String> medians(Path results) throws IOException {
        Map<String, List<Double>> rates = new TreeMap<>();
        for (Document run : new SessionResults(results).runs().values()) {
            String engine = run.text("engine");
            String file = run.all("files[]").stream()
                    .filter(name -> name.contains("_rx_") && name.endsWith(".iperf"))
                    .findFirst()
                    .orElseThrow();
            assertThat(file).contains("_angle_" + run.text("variables.angle") + "_");
            String point = "tcp %s -> %s engine=%s angle=%s attenuation=%s"
                    .formatted(
                            run.text("peer"),
                            run.text("node"),
                            engine,
                            run.text("variables.angle"),
                            run.text("variables.attenuation"));
            String rate =
                    EngineOutput.read(results.resolve(file), engine, false).bitsPerSecond();
            rates.computeIfAbsent(point, _ -> new ArrayList<>()).add(Double.parseDouble(rate));
        }
        Map<String, String> medians = new TreeMap<>();
        rates.forEach((point, two) -> {
            assertThat(two).as(point).hasSize(2);
            double mean = (two.getFirst() + two.getLast()) / 2 / 1e6;
            medians.put(point, String.format(Locale.ROOT, "%.3f (2)", mean));
        });
        return medians;
    }

    /// Cells of the printed matrices, by test and point.
    private static Map<String, String> cells(List<String> lines) {
        Map<String, String> cells = new TreeMap<>();
        String title = "";
        List<String> header = List.of();
        for (String line : lines) {
            List<String> fields = List.of(line.strip().split(" {2,}"));
            if (line.startsWith("tcp ")) {
                title = line;
                header = List.of();
            } else if (line.isEmpty()) {
                title = "";
            } else if (!title.isEmpty() && header.isEmpty()) {
                header = fields;
            } else if (!title.isEmpty()) {
                for (int i = 1; i < fields.size(); i++) {
                    cells.put(
                            title + " " + header.getFirst() + "=" + fields.getFirst() + " " + header.get(i),
                            fields.get(i));
                }
            }
        }
        return cells;
    }

    private static void checkSummariesAreMadeAgain(LabNodes nodes, Path results) throws Exception {
        List<String> names = List.of("summary.csv", "summary.json", "summary.txt", "junit.xml");
        List<String> before = new ArrayList<>();
        for (String name : names) {
            before.add(Files.readString(results.resolve(name)));
            Files.delete(results.resolve(name));
        }
        try (ChildProcess summary = nodes.lab(List.of(), "summary", results.toString())) {
            assertThat(summary.awaitExit(TIMEOUT).code()).isZero();
        }
        for (int i = 0; i < names.size(); i++) {
            assertThat(Files.readString(results.resolve(names.get(i)))).isEqualTo(before.get(i));
        }
    }
}
