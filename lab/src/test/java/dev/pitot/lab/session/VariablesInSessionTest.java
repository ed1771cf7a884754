package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanFixtures;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.Variable;
import dev.pitot.lab.results.Observations;
import dev.pitot.lab.results.Observations.Statistics;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Variables in whole sessions on nodes that are this machine, and what hooks and monitors report.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class VariablesInSessionTest {
    private static final String TWO_NODES = """
            title: session
            nodes:
              pc@: {connection: local, address: 127.0.0.1, engine: iperf3}
              dut@: {connection: local, address: 127.0.0.1, engine: iperf3}
            traffic_pc: pc@
            directions: from
            retries: 0
            output: {style: text}
            """;
    private static final String ONE_TEST = "tests: [{name: one, options: {bytes: 100K}}]\n";

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

    private static Hook shell(String script) {
        return new Hook.Command(Moment.BEFORE_TEST, null, List.of("sh", "-c", script), Duration.ofSeconds(60));
    }

    /// The plan at each of some points, all tests of a point after each other.
    private static UnaryOperator<Plan> at(List<Map<String, String>> points, Variable... variables) {
        return plan -> {
            List<TestCase> cases = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (TestCase each : plan.cases()) {
                    var spec = new TestCase.TestSpec(
                            each.spec().test(),
                            each.spec().settings(),
                            new ParameterSet(point, each.spec().parameters().sweep()));
                    cases.add(new TestCase(
                            cases.size() + 1, each.repetition(), each.pair(), spec, each.engine(), each.thresholds()));
                }
            }
            var fixtures = new PlanFixtures(
                    List.of(variables), plan.fixtures().hooks(), plan.fixtures().monitors());
            return new Plan(plan.title(), plan.nodes(), cases, fixtures, plan.options());
        };
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("log"));
    }

    private Observations observations(int test) {
        return stage.ended().get(test).result().measurements().observations();
    }

    private String only(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path file = files.filter(each -> each.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no file " + name));
            return Files.readString(file);
        }
    }

    @Test
    void aVariableIsSetOnlyWhenItsValueDiffersAndBeforeTheHooksOfTheTest() throws Exception {
        var angle = new Variable(
                "angle",
                List.of("0", "90"),
                List.of(shell("echo set angle {angle} $PITOT_ANGLE >>" + folder + "/log; echo angle_{angle}")));
        var loss = new Variable(
                "loss",
                List.of("1", "2"),
                List.of(shell("echo set loss {loss} at {angle} >>" + folder + "/log; echo real_loss={loss}.25")));
        List<Map<String, String>> points = List.of(
                Map.of("angle", "0", "loss", "1"),
                Map.of("angle", "0", "loss", "2"),
                Map.of("angle", "90", "loss", "2"));

        SessionEvent.Ended ended = stage.session(TWO_NODES + ONE_TEST + """
                hooks:
                  before_test: [{command: [sh, -c, 'echo before $PITOT_ANGLE $PITOT_LOSS >>FOLDER/log']}]
                """, at(points, angle, loss))
                .run();

        assertThat(ended.summary().counts()).isEqualTo(new Counts(3, 0, 0, 0));
        assertThat(log())
                .containsExactly(
                        "set angle 0 0",
                        "set loss 1 at 0",
                        "before 0 1",
                        "set loss 2 at 0",
                        "before 0 2",
                        "set angle 90 90",
                        "before 90 2");
        assertThat(observations(0).values()).isEqualTo(Map.of("real_loss", "1.25"));
        assertThat(observations(2).values()).isEqualTo(Map.of("real_loss", "2.25")); // set for the test before
        assertThat(stage.ended().get(1).result().measurements().rawFiles())
                .isNotEmpty()
                .allMatch(name -> name.contains("_angle_0_"));
    }

    @Test
    void aPointWhoseVariableCannotBeSetFailsAndTheNextSetsAgain() throws Exception {
        String once = "[ -e FOLDER/once ] || { touch FOLDER/once; echo jammed >&2; exit 1; }"
                .replace("FOLDER", folder.toString());
        var angle = new Variable(
                "angle", List.of("90"), List.of(shell("echo set {angle} >>" + folder + "/log"), shell(once)));

        stage.session(TWO_NODES + ONE_TEST, at(List.of(Map.of("angle", "90"), Map.of("angle", "90")), angle))
                .run();

        assertThat(stage.ended())
                .extracting(
                        ended -> ended.result().verdict().kind().name(),
                        ended -> Objects.requireNonNullElse(
                                        ended.result().verdict().reason(), "")
                                .replaceAll(": .*", ""))
                .containsExactly(tuple("FAILED", "angle could not be set to 90"), tuple("PASSED", ""));
        assertThat(SessionFixture.reason(stage.ended().getFirst())).contains("jammed");
        assertThat(log()).containsExactly("set 90", "set 90");
    }

    @Test
    void testsOfOtherValuesWaitUntilNoneRuns() throws Exception {
        var angle = new Variable("angle", List.of("0", "90"), List.of(shell("echo set {angle} >>" + folder + "/log")));
        String plan = """
                title: parallel
                nodes: {a@: NODE, b@: NODE, c@: NODE, d@: NODE}
                pairs: [[a@, b@], [c@, d@]]
                directions: from
                parallel: 2
                output: {style: text}
                tests: [{name: x, options: {bytes: 100K}}]
                hooks:
                  before_test: [{command: [sh, -c, 'echo + $PITOT_ANGLE >>FOLDER/log']}]
                  after_test: [{command: [sh, -c, 'echo - $PITOT_ANGLE >>FOLDER/log']}]
                """.replace("NODE", "{connection: local, address: 127.0.0.1, engine: iperf3}");

        SessionEvent.Ended ended = stage.session(plan, at(List.of(Map.of("angle", "0"), Map.of("angle", "90")), angle))
                .run();

        assertThat(ended.summary().counts()).isEqualTo(new Counts(4, 0, 0, 0));
        assertThat(log().subList(0, 5)).containsOnlyOnce("set 0").allMatch(line -> line.endsWith(" 0"));
        assertThat(log().subList(5, 10)).containsOnlyOnce("set 90").allMatch(line -> line.endsWith(" 90"));
    }

    @Test
    void hooksReportValuesFailThePointAndAreLogged() throws Exception {
        stage.session(TWO_NODES + "tests: [{name: one, options: {bytes: 100K}}, {name: bad}]\n" + """
                hooks:
                  before_test:
                    - {command: [sh, -c, 'echo rssi=-61; echo "{\\"tag\\": \\"ap_5\\", \\"snr\\": 20.5}"; echo careful >&2']}
                    - {command: [sh, -c, 'head -c 3000000 /dev/zero | tr "\\0" x | fold -w 1000; echo; [ {test} = one ] || echo fail=too warm']}
                  after_test: [{command: [echo, temperature=41]}]
                """)
                .run();

        assertThat(observations(0).values()).isEqualTo(Map.of("rssi", "-61", "snr", "20.5", "temperature", "41"));
        assertThat(stage.ended().getFirst().result().measurements().rawFiles())
                .allMatch(name -> name.contains("_ap_5_"));
        assertThat(SessionFixture.reason(stage.ended().get(1))).contains("too warm");
        assertThat(only("hook_before_test_1_here.log"))
                .containsPattern("(?m)^\\S+Z,1,out,rssi=-61$")
                .containsPattern("(?m)^\\S+Z,2,err,careful$");
        assertThat(only("hook_before_test_2_here.log").lines().toList())
                .filteredOn(line -> line.endsWith(",out,… cut"))
                .hasSize(2);
        assertThat(only("hook_before_test_2_here.log")).hasSizeLessThan(3_000_000);
    }

    @Test
    void readingsWhileTheClientRunsAreSummedUp() throws Exception {
        stage.run(TWO_NODES + """
                tests: [{name: long, options: {time: 2}}, {name: bad, options: {bytes: 100K}}]
                hooks:
                  before_test: [{command: [sh, -c, 'sleep 3; [ {test} = long ]']}]
                watches:
                  - {watch: cpu, node: [dut@, pc@], interval: 0.2}
                  - {watch: net_dev, node: pc@, interval: 0.2, arguments: [lo]}
                """);

        Map<String, Statistics> monitors = observations(0).monitors();
        assertThat(monitors).containsKeys("node_cpu_percent", "peer_cpu_percent", "peer_tx_bytes_per_second");
        assertThat(monitors).doesNotContainKey("node_tx_bytes_per_second");
        assertThat(monitors.get("node_cpu_percent")).satisfies(cpu -> {
            assertThat(cpu.count()).isBetween(1, 20); // the hook's seconds are not in it
            assertThat(cpu.mean()).isBetween(cpu.min(), cpu.max());
        });
        assertThat(observations(1)).isEqualTo(Observations.NONE); // no client, no reading
    }

    @Test
    void aStopEndsAHookBeforeATestAndNotThoseOfTheEnd() throws Exception {
        TestSession session = stage.session(TWO_NODES + ONE_TEST + """
                hooks:
                  before_test: [{command: [sh, -c, 'touch FOLDER/begun; exec sleep 987']}]
                  session_end: [{command: [sh, -c, 'sleep 0.5; touch FOLDER/end']}]
                """);
        CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(session);
        LocalNodes.await("the hook", () -> Files.exists(folder.resolve("begun")));

        session.stop();
        SessionEvent.Ended ended = whole.get(60, TimeUnit.SECONDS);

        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 0, 1));
        assertThat(folder.resolve("end")).exists();
        assertThat(LocalNodes.processes("sleep 987")).isEmpty();
    }

    @Test
    void aStopEndsASetHookAndOneOfTheSessionsStart() throws Exception {
        var angle = new Variable("angle", List.of("0"), List.of(shell("touch " + folder + "/begun; exec sleep 986")));
        TestSession session = stage.session(TWO_NODES + ONE_TEST, at(List.of(Map.of("angle", "0")), angle));
        CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(session);
        LocalNodes.await("the hook", () -> Files.exists(folder.resolve("begun")));
        session.stop();
        assertThat(whole.get(60, TimeUnit.SECONDS).summary().counts()).isEqualTo(new Counts(0, 0, 0, 1));

        TestSession second = stage.session(TWO_NODES + ONE_TEST + """
                hooks:
                  session_start: [{command: [sh, -c, 'touch FOLDER/second; exec sleep 985']}]
                """);
        CompletableFuture<SessionEvent.Ended> started = stage.inBackground(second);
        LocalNodes.await("the hook", () -> Files.exists(folder.resolve("second")));
        second.stop();

        assertThat(started.get(60, TimeUnit.SECONDS).summary().counts()).isEqualTo(new Counts(0, 0, 0, 1));
        assertThat(LocalNodes.processes("sleep 986")).isEmpty();
        assertThat(LocalNodes.processes("sleep 985")).isEmpty();
    }

    private static UnaryOperator<Plan> with(Hook hook) {
        return plan -> new Plan(
                plan.title(),
                plan.nodes(),
                plan.cases(),
                new PlanFixtures(List.of(), List.of(hook), List.of()),
                plan.options());
    }

    private static Hook beforeClient(String script, Duration timeout) {
        return new Hook.Command(Moment.BEFORE_CLIENT, null, List.of("sh", "-c", script), timeout);
    }

    @Test
    void theClientStartsAfterTheHooksBeforeIt() throws Exception {
        Hook hook =
                beforeClient("echo event={test}; sleep 1; date +%s%N >" + folder + "/event", Duration.ofSeconds(60));

        SessionEvent.Ended ended =
                stage.session(TWO_NODES + ONE_TEST, with(hook)).run();

        assertThat(ended.summary().counts()).isEqualTo(new Counts(1, 0, 0, 0));
        assertThat(observations(0).values()).isEqualTo(Map.of("event", "one"));
        long event = Long.parseLong(Files.readString(folder.resolve("event")).strip()) / 1_000_000;
        String firstOfClient = SessionFixture.rawLines(
                        ended.folder(), stage.ended().getFirst().result())
                .stream()
                .filter(line -> line.contains("Connecting to host"))
                .findFirst()
                .orElseThrow();
        String time = firstOfClient.substring(0, firstOfClient.indexOf(','));
        assertThat(OffsetDateTime.parse(time).toInstant().toEpochMilli()).isGreaterThanOrEqualTo(event);
    }

    @Test
    void anEventThatDoesNotComeKeepsTheClientFromStarting() throws Exception {
        Hook hook = beforeClient("exec sleep 984", Duration.ofMillis(500));

        stage.session(TWO_NODES + ONE_TEST, with(hook)).run();

        assertThat(SessionFixture.reason(stage.ended().getFirst()))
                .isEqualTo("timed out waiting for the hook sh (on this machine) for 0.5 s: the client was not started");
        assertThat(LocalNodes.processes("sleep 984")).isEmpty();
    }

    @Test
    void aStopEndsAHookBeforeTheClientAndTheTest() throws Exception {
        Hook hook = beforeClient("echo >" + folder + "/waits; exec sleep 983", Duration.ofSeconds(500));
        TestSession session = stage.session(TWO_NODES + ONE_TEST, with(hook));
        CompletableFuture<SessionEvent.Ended> ended = stage.inBackground(session);
        LocalNodes.await("the hook", () -> Files.exists(folder.resolve("waits")));

        session.stop();

        assertThat(ended.get(60, TimeUnit.SECONDS).summary().counts()).isEqualTo(new Counts(0, 0, 0, 1));
        assertThat(SessionFixture.reason(stage.ended().getFirst())).isEqualTo("stopped");
        assertThat(LocalNodes.processes("sleep 983")).isEmpty();
    }

    @Test
    void programsThatHooksLeaveRunningLiveAsLongAsWhatTheyAreFor() throws Exception {
        String count = "ps -A -o args= | grep -c '^sleep 98[12]$' >>" + folder + "/log; :";
        List<Hook> hooks = List.of(
                new Hook.Command(
                        Moment.SESSION_START,
                        null,
                        List.of("sh", "-c", "sleep 982 >/dev/null 2>&1 &"),
                        Duration.ofSeconds(60)),
                shell("sleep 981 >/dev/null 2>&1 &"),
                shell(count),
                new Hook.Command(Moment.SESSION_END, null, List.of("sh", "-c", count), Duration.ofSeconds(60)));
        UnaryOperator<Plan> plan = of -> new Plan(
                of.title(), of.nodes(), of.cases(), new PlanFixtures(List.of(), hooks, List.of()), of.options());

        stage.session(TWO_NODES + "repeat: 2\n" + ONE_TEST, plan).run();

        assertThat(log()).containsExactly("2", "2", "1");
        assertThat(LocalNodes.processes("sleep 98")).isEmpty();
    }
}
