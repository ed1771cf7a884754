package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.lab.results.StoredRun;
import dev.pitot.lab.session.SessionEvent.TestEnded;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Whole sessions on nodes that are this machine: stop, kill, pairs at once, hooks, watches.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class TestSessionTest {
    private static final String NODE = "{connection: local, address: 127.0.0.1, engine: iperf3}";
    private static final String TWO_NODES = """
            title: session
            nodes:
              pc@: NODE
              dut@: NODE
            traffic_pc: pc@
            directions: from
            output: {style: text}
            """.replace("NODE", NODE);
    private static final String ENDLESS = """
            tests:
              - {name: first, options: {time: 60, interval: 0.2}}
              - {name: second}
              - {name: third}
            """;

    @TempDir
    private Path folder;

    private SessionFixture stage;

    @BeforeEach
    void open() throws Exception {
        stage = new SessionFixture(folder);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        stage.close();
    }

    @Test
    void stoppedOnceItEndsInOrder() throws Exception {
        TestSession session = stage.session(TWO_NODES + ENDLESS + """
                hooks:
                  after_test: [{command: [touch, FOLDER/after]}]
                  session_end: [{command: [touch, FOLDER/end]}]
                """);
        CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(session);
        LocalNodes.await("intervals", () -> stage.intervalsSoFar() >= 3);
        session.stop();

        SessionEvent.Ended ended = whole.get(100, TimeUnit.SECONDS);

        assertThat(ended.isStopped()).isTrue();
        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 0, 3));
        assertThat(ended.summary().runs())
                .extracting(run -> run.id().test(), run -> run.verdict().reason())
                .containsExactly(
                        tuple("first", "stopped"),
                        tuple("second", "the session was stopped before this test"),
                        tuple("third", "the session was stopped before this test"));
        assertThat(folder.resolve("after")).exists();
        assertThat(folder.resolve("end")).exists();
        TestEnded first = stage.ended().getFirst();
        assertThat(first.willRetry()).isFalse();
        assertThat(SessionFixture.rawLines(ended.folder(), first.result()))
                .filteredOn(SessionFixture::isInterval)
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(ended.folder().resolve("junit.xml")).isNotEmptyFile();
        assertThat(ended.folder().resolve("results.jsonl").toFile()).content().hasLineCount(3);
    }

    @Test
    void afterAStopNoTestBegins() throws Exception {
        TestSession session = stage.session(TWO_NODES + ENDLESS + """
                hooks:
                  before_test: [{command: [touch, FOLDER/before]}]
                  session_end: [{command: [touch, FOLDER/end]}]
                """);
        session.stop();

        SessionEvent.Ended ended = stage.inBackground(session).get(100, TimeUnit.SECONDS);

        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 0, 3));
        assertThat(folder.resolve("before")).doesNotExist();
        assertThat(folder.resolve("end")).doesNotExist(); // nothing was begun
    }

    @Test
    void killedItWaitsForNoProgram() throws Exception {
        stage.standIn("standin", "trap '' TERM", "echo up", "exec sleep 60");
        TestSession session = stage.session(TWO_NODES.replace(
                        "dut@: " + NODE,
                        "dut@: {connection: local, address: 127.0.0.1, programs: {iperf3: FOLDER/standin}}")
                + ENDLESS);
        CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(session);
        LocalNodes.await("the client", () -> stage.rawSoFar().contains("up"));
        var clock = new MachineClock();
        long before = clock.nanoTime();
        session.stop();
        session.kill();

        SessionEvent.Ended ended = whole.get(100, TimeUnit.SECONDS);

        assertThat(Duration.ofNanos(clock.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 0, 3));
    }

    @Test
    void pairsThatShareNoNodeOverlap() throws Exception {
        SessionEvent.Ended ended = stage.run("""
                title: parallel
                nodes: {a@: NODE, b@: NODE, c@: NODE, d@: NODE}
                pairs: [[a@, b@], [c@, d@]]
                directions: from
                parallel: 2
                output: {style: text}
                tests:
                  - {name: x, options: {time: 2}, nodes: [a@, c@]}
                  - {name: y, options: {time: 1}, nodes: [a@]}
                """.replace("NODE", NODE));

        assertThat(ended.summary().counts()).as(stage.ended()::toString).isEqualTo(new Counts(3, 0, 0, 0));
        // of the pair a and b only one at a time runs; c and d run beside
        assertThat(stage.course().subList(0, 2)).allMatch(word -> word.startsWith("+"));
        List<StoredRun> ofA = ended.summary().runs().stream()
                .filter(run -> run.id().pair().node().equals(stage.node("a")))
                .toList();
        assertThat(ofA).hasSize(2);
        assertThat(ofA.getLast().time().began())
                .isAfterOrEqualTo(ofA.getFirst().time().ended());
    }

    @Test
    void aHookOfTheStartThatFailsEndsTheSession() throws Exception {
        SessionEvent.Ended ended = stage.run(TWO_NODES + """
                tests: [{name: one}, {name: two}]
                hooks:
                  session_start: [{command: [sh, -c, 'echo no power >&2; exit 3']}]
                  session_end: [{command: [touch, FOLDER/end]}]
                """);

        assertThat(stage.course()).isEmpty();
        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 2, 0));
        assertThat(ended.summary().runs())
                .extracting(run -> run.verdict().reason())
                .allMatch(reason -> reason != null && reason.startsWith("the session could not begin: "));
        assertThat(folder.resolve("end")).exists();
    }

    @Test
    void aHookBeforeATestThatFailsFailsThatTest() throws Exception {
        SessionEvent.Ended ended = stage.run(TWO_NODES.replace("output:", "retries: 0\noutput:") + """
                tests: [{name: one}]
                hooks:
                  before_test: [{command: [sh, -c, 'exit 3']}]
                  after_test: [{command: [touch, FOLDER/after]}]
                """);

        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(folder.resolve("after")).exists();
    }

    @Test
    void wordsOfHooksAreInTheNamesOfFilesAndWatchesWriteTheirs() throws Exception {
        SessionEvent.Ended ended = stage.run(TWO_NODES + """
                tests: [{name: one, options: {time: 1}}]
                hooks:
                  before_test: [{command: [echo, angle_090]}]
                watches:
                  - {watch: cpu, node: dut@, interval: 0.3}
                  - {watch: net_dev, node: [pc@], interval: 0.3, arguments: [lo]}
                """);

        assertThat(ended.summary().counts()).isEqualTo(new Counts(1, 0, 0, 0));
        TestEnded only = stage.ended().getFirst();
        assertThat(only.result().verdict().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(only.result().measurements().rawFiles())
                .hasSize(2)
                .anyMatch(name -> name.startsWith("raw_iperf/upstream_tx_tcp_dut.") && name.contains("_angle_090_"))
                .anyMatch(name -> name.startsWith("raw_iperf/upstream_rx_tcp_dut.") && name.contains("_angle_090_"));
        for (String watch : new String[] {"cpu_" + stage.node("dut"), "net_dev_" + stage.node("pc")}) {
            assertThat(Files.readAllLines(ended.folder().resolve("logs/" + watch + ".csv")))
                    .as(watch)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }
}
