package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that are stopped, lose a network link, or fill the disk: they end in bounded time, report
/// their results so far, and leave nothing on the nodes.
@Needs({Tool.IPERF2, Tool.IPERF3, Tool.NAMESPACES, Tool.SOCAT, Tool.SSHD})
@Timeout(180)
@Tag("slow")
class BrokenSessionsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_LOOKS = 600;
    private static final String LATE = "expected to end within 5\\.0 s, actual \\d+\\.\\d s: the client was ended:"
            + " is the test network up\\? 'deadline' in the plan allows more";
    private static final String NO_ROUTE = "the client has no route .*"; // once the cached entry has expired
    private static final String STOPPED_PLAN = """
            pairs: [[$b, $a]]
            directions: to
            tests:
              - {name: first, engine: iperf3, options: {bytes: 2M}}
              - {name: long, engine: pitot, options: {time: 100, bitrate: 10M}}
              - {name: last, engine: iperf3, options: {bytes: 2M}}
            """;
    private static final String CUT_PLAN = """
            pairs: [[$b, $a], [$c, $a]]
            directions: to
            retries: 0
            deadline: 5 s
            tests:
              - {name: cut, engine: iperf3, nodes: [$b], options: {time: 4}}
              - {name: dark, engine: [pitot, iperf2], nodes: [$b], options: {bytes: 2M}}
              - {name: light, engine: [iperf3, iperf2], nodes: [$c], options: {bytes: 2M}}
            """;
    private static final String FULL_PLAN = """
            pairs: [[$b, $a]]
            directions: to
            retries: 0
            tests:
              - {name: first, engine: iperf3, options: {bytes: 2M}}
              - {name: full, engine: iperf3, options: {bytes: 2M}}
              - {name: last, engine: iperf3, options: {bytes: 2M}}
            hooks:
              before_test:
                - command: [sh, -c, '[ {test} != full ] || dd if=/dev/zero of=$disk/ballast bs=4k 2>$disk.dd || true']
              after_test:
                - command: [rm, -f, $disk/ballast]
            """;

    @TempDir
    private Path folder;

    @Test
    void stoppedOnceItEndsInOrder() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            Exit exit = stopped(nodes, 1);

            var results = new SessionResults(folder.resolve("results"));
            assertThat(exit.code()).as(exit.toString()).isEqualTo(130);
            assertThat(nodes.leftovers()).isEmpty();
            assertThat(results.column("verdict")).containsExactly("passed", "stopped", "stopped");
            assertThat(rawText("tx_tcp_.*_long_")).contains("\"event\":\"interval\"");
            assertThat(results.text("junit.xml")).contains("skipped=\"2\"");
        }
    }

    @Test
    void stoppedTwiceItEndsAtOnce() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            Exit exit = stopped(nodes, 2);

            assertThat(exit.code()).as(exit.toString()).isEqualTo(130);
            assertThat(nodes.leftovers()).isEmpty();
            assertThat(new SessionResults(folder.resolve("results")).column("verdict"))
                    .containsExactly("passed", "stopped", "stopped");
        }
    }

    /// Stops the session during the second test.
    private Exit stopped(LabNodes nodes, int times) throws Exception {
        try (ChildProcess run = nodes.run(List.of(), nodes.plan(STOPPED_PLAN), folder.resolve("results"))) {
            for (int i = 0; i < MOST_LOOKS && !rawText("tx_tcp_.*_long_").contains("\"interval\""); i++) {
                assertThat(run.hasEndedWithin(LOOK)).as(run.toString()).isFalse();
            }
            for (int i = 0; i < times; i++) {
                run.send(Signal.INT);
                assertThat(i < times - 1 && run.hasEndedWithin(LOOK))
                        .as(run.toString())
                        .isFalse();
            }
            return run.awaitExit(TIMEOUT);
        }
    }

    /// Content so far of the raw file with a matching name; empty if there is none yet.
    private String rawText(String name) throws IOException {
        Path raw = folder.resolve("results/raw_iperf");
        if (!Files.isDirectory(raw)) {
            return "";
        }
        try (Stream<Path> files = Files.list(raw)) {
            Path found = files.filter(file -> file.toString().matches(".*_" + name + ".*\\.iperf"))
                    .findFirst()
                    .orElse(null);
            return found == null ? "" : Files.readString(found);
        }
    }

    @Test
    void aPulledCableFailsItsTestsOnly() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            Exit exit;
            try (ChildProcess run = nodes.run(List.of(), nodes.plan(CUT_PLAN), folder.resolve("results"))) {
                for (int i = 0; i < MOST_LOOKS && nodes.engines("a").isEmpty(); i++) {
                    assertThat(run.hasEndedWithin(LOOK)).as(run.toString()).isFalse();
                }
                assertThat(run.hasEndedWithin(Duration.ofSeconds(1))).isFalse(); // in the middle
                nodes.unplug("b");
                exit = run.awaitExit(TIMEOUT);
            }

            var results = new SessionResults(folder.resolve("results"));
            assertThat(exit.code()).as(exit.toString()).isEqualTo(1);
            assertThat(nodes.leftovers()).isEmpty();
            assertThat(results.column("verdict"))
                    .as(exit.toString())
                    .containsExactly("failed", "failed", "failed", "passed", "passed");
            assertThat(results.column("reason").subList(0, 3))
                    .allMatch(reason -> reason.matches(LATE + "|" + NO_ROUTE));
        }
    }

    /// The results are on a separate file system that only the child sees; they are copied when it
    /// ends.
    @Test
    void aFullDiskEndsTheSessionOnce() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        String script = "mount -t tmpfs -o size=1m tmpfs " + disk + " || exit 99; \"$@\"; code=$?; cp -r " + disk
                + "/results " + folder + "/copy; exit $code";
        try (LabNodes nodes = LabNodes.create(folder)) {
            Path plan = nodes.plan(FULL_PLAN.replace("$disk", disk.toString()));
            Exit exit;
            try (ChildProcess run =
                    nodes.run(List.of("unshare", "-m", "sh", "-c", script, "sh"), plan, disk.resolve("results"))) {
                exit = run.awaitExit(TIMEOUT);
            }

            var results = new SessionResults(folder.resolve("copy"));
            assertThat(exit.code()).as(exit.toString()).isEqualTo(1);
            assertThat(results.column("verdict"))
                    .hasSize(3)
                    .startsWith("passed")
                    .endsWith("stopped");
            assertThat(results.column("verdict").get(1)).isIn("failed", "stopped"); // it may be over when it is known
            assertThat(results.column("reason").subList(1, 3)).allMatch(why -> why.contains("No space left on device"));
            assertThat(exit.stdout()).containsOnlyOnce("the session ends: ");
            assertThat(results.runs()).hasSize(3);
            assertThat(nodes.leftovers()).isEmpty();
        }
    }
}
