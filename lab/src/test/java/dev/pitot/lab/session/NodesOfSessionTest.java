package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.results.Results;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a session does with its nodes before and around its tests: with stand-ins for iperf3 on this
/// machine.
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class NodesOfSessionTest {
    private static final String PLAN = """
            title: session
            nodes:
              pc@: {connection: local, address: 127.0.0.1, programs: {iperf3: FOLDER/standin}, engine: iperf3}
              dut@: {connection: local, address: 127.0.0.1, programs: {iperf3: FOLDER/standin}, engine: iperf3}
            traffic_pc: pc@
            directions: from
            output: {style: text}
            """;
    private static final String SERVER = "case \" $* \" in *' -s '*) echo 'Server listening on 1';";
    private static final String HEADING = "echo '[ ID] Interval           Transfer     Bitrate         Retr'";

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

    private void standIn(String... ofClient) throws IOException {
        String go = "while [ ! -e " + folder.resolve("go") + " ]; do sleep 0.1; done";
        stage.standIn(
                "standin",
                SERVER,
                go,
                HEADING,
                row("0.00-1.00", "8.39 Mbits/sec", "receiver"),
                "exec sleep 100;; esac",
                go,
                String.join("\n", ofClient));
    }

    private static String row(String seconds, String rate, String end) {
        return "echo '[  5]   %s   sec  1.00 MBytes  %s    0            %s'".formatted(seconds, rate, end);
    }

    @Test
    void aSecondSessionAtANodeIsRefusedByNameAndHarmsNothing() throws Exception {
        standIn(
                HEADING,
                row("0.00-1.00", "8.39 Mbits/sec", ""),
                row("0.00-1.00", "8.39 Mbits/sec", "sender"),
                row("0.00-1.00", "8.39 Mbits/sec", "receiver"));
        String tests = "tests: [{name: one, options: {time: 1}}]\n";
        CompletableFuture<SessionEvent.Ended> first = stage.inBackground(stage.session(PLAN + tests));
        LocalNodes.await("the first", () -> !stage.course().isEmpty());

        SessionEvent.Ended second = stage.run(PLAN + "retries: 3\n" + tests + """
                hooks:
                  session_start: [{command: [touch, FOLDER/start]}]
                  session_end: [{command: [touch, FOLDER/end]}]
                """);
        Files.createFile(folder.resolve("go"));

        assertThat(second.summary().runs()).isEmpty();
        assertThat(Results.read(second.folder()).runs()).isEmpty(); // all can be run later
        String user = System.getProperty("user.name");
        assertThat(second.failure())
                .startsWith("the session could not begin: ")
                .contains(stage.node("pc") + " is used by " + user + "@", "(session session, since ");
        assertThat(stage.notes())
                .filteredOn(note -> note.contains("is used by"))
                .hasSize(1);
        assertThat(folder.resolve("start")).doesNotExist();
        assertThat(folder.resolve("end")).doesNotExist();
        assertThat(first.get(100, TimeUnit.SECONDS).summary().counts())
                .as(stage.ended()::toString)
                .isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    void withoutAHooksProgramASessionDoesNotBegin() throws Exception {
        standIn();
        SessionEvent.Ended ended = stage.run(PLAN + """
                tests: [{name: one}, {name: two}]
                hooks:
                  session_start: [{command: [touch, FOLDER/start]}]
                  before_test: [{command: [turntable-4711, '90']}, {command: [attenuator-4711], node: pc@}]
                """);

        assertThat(stage.course()).isEmpty();
        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 2, 0));
        assertThat(ended.summary().runs())
                .extracting(run -> run.verdict().reason())
                .containsOnly("the session could not begin: this machine has no turntable-4711, which a hook of"
                        + " before_test needs: install it there, or give its path; '" + stage.node("pc")
                        + "' has no attenuator-4711, which a hook of before_test needs: install it there, or give"
                        + " its path");
        assertThat(folder.resolve("start")).doesNotExist();
    }

    @Test
    void aTestWhoseProgramIsMissingFailsAtOnceAndIsNotRetried() throws Exception {
        standIn();
        SessionEvent.Ended ended =
                stage.run(PLAN.replace("FOLDER/standin}", "FOLDER/standin, iperf2: FOLDER/none}") + """
                retries: 3
                tests: [{name: one, engine: iperf2}]
                hooks:
                  before_test: [{command: [touch, FOLDER/before]}]
                """);

        assertThat(stage.course()).containsExactly("+one", "-one");
        assertThat(ended.summary().runs().getFirst().verdict().kind()).isEqualTo(Verdict.Kind.FAILED);
        assertThat(ended.summary().runs().getFirst().verdict().reason())
                .contains("'" + stage.node("pc") + "' has no ", "which the test one needs: install it there");
        assertThat(folder.resolve("before")).doesNotExist();
    }

    @Test
    void theSeriesHasThePlansFormAndNoAbsurdRate() throws Exception {
        Files.createFile(folder.resolve("go"));
        standIn(
                HEADING,
                row("0.00-1.00", "8.39 Mbits/sec", ""),
                row("1.00-2.00", "900 Gbits/sec", ""),
                row("2.00-3.00", "8.39 Mbits/sec", ""),
                row("0.00-3.00", "8.39 Mbits/sec", "sender"),
                row("0.00-3.00", "8.39 Mbits/sec", "receiver"));
        String tests = "tests: [{name: one, options: {time: 3}}]\n";

        Path simple = stage.run(PLAN.replace("style: text", "style: text, series: apetools, maximum: 10G") + tests)
                .folder();
        Path detailed = stage.run(PLAN.replace("style: text", "style: text, maximum: 10G") + tests)
                .folder();

        List<String> lines = series(simple);
        assertThat(lines.getFirst()).isEqualTo("timestamp,Mbits");
        assertThat(lines.stream().skip(1).map(line -> line.substring(line.indexOf(',') + 1)))
                .containsExactly("8.39", "", "8.39");
        assertThat(series(detailed))
                .filteredOn(line -> line.endsWith(",absurd"))
                .singleElement()
                .asString()
                .contains(",1,2,");
    }

    private static List<String> series(Path results) throws IOException {
        try (Stream<Path> files = Files.list(results.resolve("parsed"))) {
            Path file = files.filter(
                            each -> Objects.toString(each.getFileName()).contains("_tx_"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file);
        }
    }

    @Test
    void aStopEndsTheWaitingForANode() throws Exception {
        standIn();
        String tests = "tests: [{name: one}]\n";
        TestSession first = stage.session(PLAN + tests);
        CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(first);
        LocalNodes.await("the first", () -> !stage.course().isEmpty());
        TestSession second = stage.session(PLAN + "lease: {wait: 1000 s}\n" + tests);
        CompletableFuture<SessionEvent.Ended> waiting = stage.inBackground(second);
        LocalNodes.await(
                "the second", () -> stage.notes().stream().anyMatch(note -> note.endsWith(": waiting for it")));
        second.stop();

        assertThat(waiting.get(60, TimeUnit.SECONDS).summary().counts()).isEqualTo(new Counts(0, 0, 0, 1));
        first.stop();
        assertThat(whole.get(100, TimeUnit.SECONDS).isStopped()).isTrue();
    }

    @Test
    void aStopWaitsForNoNodeThatDoesNotAnswer() throws Exception {
        LocalNodes.script(folder, "standin", "touch " + folder.resolve("asked"), "exec sleep 1000");
        TestSession session = stage.session(PLAN + """
                timeouts: {command: 1000 s}
                tests: [{name: one}]
                """);
        CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(session);
        LocalNodes.await("the question", () -> Files.exists(folder.resolve("asked")));
        session.stop();

        SessionEvent.Ended ended = whole.get(60, TimeUnit.SECONDS);
        assertThat(ended.isStopped()).isTrue();
        assertThat(ended.summary().counts()).isEqualTo(new Counts(0, 0, 0, 1));
        LocalNodes.await(
                "the end", () -> LocalNodes.processes(folder.toString()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", node: pc@"})
    void aStopEndsTheHookThatSetsAVariableOrGoesBeforeATest(String node) throws Exception {
        standIn();
        LocalNodes.script(folder, "endless", "touch " + folder.resolve("running"), "sleep 1000");
        for (String hook :
                List.of("variables: {angle: {values: [0, 90], set: {HOOK}}}", "hooks: {before_test: {HOOK}}")) {
            Files.deleteIfExists(folder.resolve("running"));
            TestSession session = stage.session(
                    PLAN + "tests: [{name: one}]\n" + hook.replace("HOOK", "command: [FOLDER/endless]" + node) + "\n");
            CompletableFuture<SessionEvent.Ended> whole = stage.inBackground(session);
            LocalNodes.await("the hook", () -> Files.exists(folder.resolve("running")));
            session.stop();

            SessionEvent.Ended ended = whole.get(60, TimeUnit.SECONDS);
            assertThat(ended.summary().runs())
                    .as(hook)
                    .extracting(run -> run.verdict().kind())
                    .containsOnly(Verdict.Kind.STOPPED);
            assertThat(LocalNodes.processes(folder.toString())).isEmpty();
        }
    }

    /// Programs, the loops of monitors and hooks of a session whose process was killed.
    @ParameterizedTest
    @ValueSource(strings = {"", ", node: dut@"})
    void theNextSessionEndsWhatAKilledOneHasLeft(String node) throws Exception {
        standIn();
        LocalNodes.script(folder, "hook", "touch " + folder.resolve("hook.up"), "sleep 1000 & sleep 1000");
        LocalNodes.script(folder, "follow", "touch " + folder.resolve("follow.up"), "sleep 1000");
        Files.writeString(
                folder.resolve("plan.txt"),
                PLAN.replace("title: session", "title: killed") + """
                tests: [{name: one}]
                hooks: {before_client: {command: [FOLDER/hook]NODE}}
                watches:
                  - {watch: follow_command, node: dut@, arguments: [FOLDER/follow]}
                  - {watch: cpu, node: pc@, interval: 0.3}
                """.replace("NODE", node));
        try (ChildProcess session = ChildProcess.start(List.of("sh", "-c", SessionProgram.command(folder)))) {
            LocalNodes.await(
                    "hook, monitor and server",
                    () -> Files.exists(folder.resolve("hook.up"))
                            && Files.exists(folder.resolve("follow.up"))
                            && areAllThere());
            session.send(Signal.KILL);
            session.awaitExit();
        }
        assertThat(areAllThere()).isTrue();
        letLeasesEnd();
        Files.createFile(folder.resolve("go"));

        SessionEvent.Ended next = stage.run(PLAN + """
                lease: {wait: 100 s}
                retries: 0
                tests: [{name: one}]
                """);

        assertThat(LocalNodes.processes(folder.toString())).isEmpty();
        assertThat(LocalNodes.notes(".pid")).noneMatch(name -> name.contains("killed"));
        assertThat(stage.notes())
                .filteredOn(note -> note.contains("(session killed, since "))
                .as(next.folder()::toString)
                .anyMatch(note -> note.contains(" ended"));
    }

    private boolean areAllThere() {
        return Stream.of("hook", "follow", "standin")
                .allMatch(name ->
                        !LocalNodes.processes(folder.resolve(name).toString()).isEmpty());
    }

    /// As if a minute had gone.
    private void letLeasesEnd() throws IOException {
        List<Path> leases;
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            leases = files.filter(file -> file.toString().contains("/pitot-lab-lease-"))
                    .toList();
        }
        assertThat(leases).hasSize(2); // one for two nodes on one machine, one for that machine as such
        for (Path lease : leases) {
            Files.writeString(lease, Files.readString(lease).replaceFirst("^(\\S+) \\d+ ", "$1 0 "));
        }
    }
}
