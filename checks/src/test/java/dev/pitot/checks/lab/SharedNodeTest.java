package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two sessions that want the same node at the same time: the second is refused by name, and harms
/// nothing of the first.
@Needs({Tool.IPERF3, Tool.NAMESPACES, Tool.SOCAT, Tool.SSHD})
@Timeout(180)
@Tag("slow")
class SharedNodeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MAX_POLLS = 600;
    private static final String FIRST_PLAN = """
            pairs: [[$b, $a]]
            directions: to
            retries: 0
            tests:
              - {name: first, engine: iperf3, options: {time: 15, bitrate: 10M}}
            """;
    private static final String SECOND_PLAN = """
            pairs: [[$c, $a]]
            directions: to
            retries: 0
            tests:
              - {name: second, engine: iperf3, options: {bytes: 2M}}
            """;

    @TempDir
    private Path folder;

    @Test
    void theSecondSessionIsRefusedByNameAndTheFirstIsWhole() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            Exit first;
            Exit refused;
            try (ChildProcess run = nodes.run(List.of(), nodes.plan(FIRST_PLAN), folder.resolve("first"))) {
                for (int i = 0; i < MAX_POLLS && nodes.engines("b").isEmpty(); i++) {
                    assertThat(run.hasEndedWithin(POLL)).as(run.toString()).isFalse();
                }
                refused = exitOf(nodes, SECOND_PLAN, "refused");
                assertThat(run.isRunning()).as(run + "\n" + refused).isTrue();
                first = run.awaitExit(TIMEOUT);
            }
            Exit third = exitOf(nodes, SECOND_PLAN, "third");

            assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.stdout() + refused.stderr())
                    .containsPattern(nodes.name("a") + ".* is used by " + System.getProperty("user.name")
                            + "@.*session net, since \\d\\d:\\d\\d");
            assertThat(first.code()).as(first.toString()).isZero();
            SessionResults.Row row =
                    new SessionResults(folder.resolve("first")).summary().getFirst();
            assertThat(row.at("verdict")).isEqualTo("passed");
            assertThat(Double.parseDouble(row.at("receiver_bits_per_second"))).isBetween(8e6, 12e6);
            assertThat(third.code()).as(third.toString()).isZero();
            assertThat(nodes.leftovers()).isEmpty();
        }
    }

    private Exit exitOf(LabNodes nodes, String plan, String results) throws Exception {
        try (ChildProcess run = nodes.run(List.of(), nodes.plan(plan), folder.resolve(results))) {
            return run.awaitExit(TIMEOUT);
        }
    }
}
