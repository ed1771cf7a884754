package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.lab.session.SessionEvent.TestEnded;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
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

/// What goes wrong on one node is told in bounded time and tried once more at the end; the other
/// tests of the session run, and nothing is left on any node.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class SessionFaultsTest {
    private static final String PLAN = """
            title: faults
            nodes:
              pc@: {connection: local, address: 127.0.0.1}
              bad@: BAD
              good@: {connection: local, address: 127.0.0.1}
            traffic_pc: pc@
            directions: DIRECTION
            deadline: 20
            output: {style: text}
            tests:
              - {name: bad, nodes: bad@, engine: iperf3, options: {time: 1}}
              - {name: good, nodes: good@, engine: iperf3, options: {time: 1}}
            """;
    private static final String STAND_IN =
            "{connection: local, address: 127.0.0.1, programs: {iperf3: FOLDER/standin}}";

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

    private static String plan(String bad, String direction) {
        return PLAN.replace("BAD", bad).replace("DIRECTION", direction);
    }

    /// The bad test fails twice with that reason, the good one passes between.
    private List<TestEnded> runsTheOthers(String plan, String reason) throws Exception {
        SessionEvent.Ended ended = stage.run(plan);

        assertThat(stage.course()).containsExactly("+bad", "-bad", "+good", "-good", "+bad", "-bad");
        assertThat(stage.ended())
                .extracting(each -> each.result().verdict().kind())
                .containsExactly(Verdict.Kind.FAILED, Verdict.Kind.PASSED, Verdict.Kind.FAILED);
        assertThat(stage.ended()).extracting(TestEnded::willRetry).containsExactly(true, false, false);
        assertThat(SessionFixture.reason(stage.ended().getFirst())).contains(reason);
        assertThat(SessionFixture.reason(stage.ended().getLast())).contains(reason);
        assertThat(ended.summary().counts()).isEqualTo(new Counts(1, 0, 1, 0));
        return stage.ended();
    }

    @Test
    void aDeviceThatIsSilentForEver() throws Exception {
        stage.standIn("standin", "echo up", "exec sleep 60");

        List<TestEnded> ended = runsTheOthers(
                plan(STAND_IN, "from").replace("deadline: 20", "deadline: 6"), "expected to end within 6.0 s");

        Path results = folder.resolve(String.valueOf(folder.toFile().list((_, name) -> name.startsWith("faults_"))[0]));
        assertThat(SessionFixture.rawLines(results, ended.getFirst().result())).anyMatch(line -> line.endsWith(",up"));
    }

    @Test
    void aProgramThatIgnoresSigterm() throws Exception {
        stage.standIn("standin", "trap '' TERM", "exec sleep 60"); // what is ignored stays so

        runsTheOthers(plan(STAND_IN, "from").replace("deadline: 20", "deadline: 6"), "expected to end within 6.0 s");
    }

    @Test
    void aServerThatNeverStarts() throws Exception {
        stage.standIn("standin", "exit 3");

        runsTheOthers(plan(STAND_IN, "to"), "did not start: exit code 3");
    }

    @Test
    void aNodeThatCannotBeReached() throws Exception {
        String nobody = "{connection: ssh, host: 127.0.0.1, port: %d, address: 127.0.0.1}".formatted(FreePort.find());

        runsTheOthers(plan(nobody, "from"), "nobody listens there; check the port, and that sshd runs");
    }

    @Test
    @Needs(Tool.SSHD)
    void sshThatDiesInTheMiddle() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"))) {
            String node =
                    "{connection: ssh, host: 127.0.0.1, port: %d, login: %s, identity: %s, address: 127.0.0.1, ssh_options: [%s]}"
                            .formatted(sshd.port(), sshd.login(), sshd.clientKey(), String.join(", ", sshd.options()));
            String plan = plan(node, "from")
                    .replace(
                            "nodes: bad@, engine: iperf3, options: {time: 1}",
                            "nodes: bad@, engine: iperf3, options: {time: 3, interval: 0.2}");
            CompletableFuture<SessionEvent.Ended> session = stage.inBackground(stage.session(plan));
            LocalNodes.await("intervals", () -> stage.intervalsSoFar() >= 3);
            sshd.killSessions();

            SessionEvent.Ended ended = session.get(120, TimeUnit.SECONDS);

            TestEnded cut = stage.ended().getFirst();
            assertThat(cut.result().verdict().kind()).isEqualTo(Verdict.Kind.FAILED);
            assertThat(SessionFixture.reason(cut)).contains(stage.node("bad"));
            assertThat(cut.willRetry()).isTrue();
            assertThat(SessionFixture.rawLines(ended.folder(), cut.result()))
                    .filteredOn(SessionFixture::isInterval)
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(stage.course()).containsExactly("+bad", "-bad", "+good", "-good", "+bad", "-bad");
            assertThat(ended.summary().counts()).isEqualTo(new Counts(2, 0, 0, 0));
        }
    }

    /// The system's own limit of a file's size stands for a full disk.
    @Test
    void aFullDisk() throws Exception {
        String free = "ulimit -S -f unlimited; exec iperf3 \"$@\""; // iperf3 has files of its own
        stage.standIn("standin", "i=0; while [ $i -lt 2000 ]; do echo filler filler; i=$((i+1)); done", free);
        stage.standIn("free", free);
        String program = "ulimit -S -f 16; " + SessionProgram.command(folder);
        String plan = plan(STAND_IN, "from").replace("127.0.0.1}", "127.0.0.1, programs: {iperf3: FOLDER/free}}");
        Files.writeString(folder.resolve("plan.txt"), plan);
        ChildProcess.Exit exit;
        try (ChildProcess session = ChildProcess.start(List.of("bash", "-c", program))) {
            exit = session.awaitExit(Duration.ofSeconds(120));
        }

        assertThat(exit.stdout().lines())
                .as(exit.stderr())
                .hasSize(4)
                .anyMatch(line -> line.matches("FAILED raw_iperf/upstream_tx_tcp_\\S+ could not be written \\(File too"
                        + " large\\): what came after is not in it\\. Make room, then run the test again\\."))
                .endsWith("1 passed, 0 missed, 1 failed, 0 stopped");
    }

    @Test
    void resultsThatAreMovedAwayEndTheSessionOnce() throws Exception {
        SessionEvent.Ended ended = stage.run("""
                title: moved
                nodes:
                  pc@: {connection: local, address: 127.0.0.1, engine: iperf3}
                  dut@: {connection: local, address: 127.0.0.1, engine: iperf3}
                traffic_pc: pc@
                directions: from
                output: {style: text, folder: FOLDER/results}
                tests: [{name: first, options: {bytes: 1M}}, {name: moved, options: {bytes: 1M}}, {name: last}]
                hooks:
                  before_test:
                    - {command: [sh, -c, '[ {test} != moved ] || mv FOLDER/results FOLDER/elsewhere']}
                """);

        assertThat(ended.failure()).isNotNull();
        assertThat(stage.course()).doesNotContain("+last");
        assertThat(stage.notes())
                .singleElement()
                .asString()
                .startsWith("the session ends: the results cannot be written (" + folder.resolve("results"))
                .endsWith("): make room or put the folder back, then run the rest");
        assertThat(folder.resolve("results")).doesNotExist();
        assertThat(folder.resolve("elsewhere/results.jsonl")).exists();
    }

    /// A file system of its own, which only the child sees, is filled by the second test's hook.
    @Test
    void aDiskWithoutRoomEndsTheSessionOnce() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        String program =
                "mount -t tmpfs -o size=1m tmpfs '%s' || exit 99; %s".formatted(disk, SessionProgram.command(folder));
        Files.writeString(folder.resolve("plan.txt"), """
                title: full
                nodes:
                  pc@: {connection: local, address: 127.0.0.1, engine: iperf3}
                  dut@: {connection: local, address: 127.0.0.1, engine: iperf3}
                traffic_pc: pc@
                directions: from
                retries: 2
                output: {style: text, folder: FOLDER/disk/results}
                tests: [{name: first, options: {bytes: 1M}}, {name: full, options: {bytes: 1M}}, {name: last}]
                hooks:
                  before_test:
                    - {command: [sh, -c, '[ {test} != full ] || dd if=/dev/zero of=FOLDER/disk/x bs=4k 2>/dev/null; true']}
                """);
        ChildProcess.Exit exit;
        try (ChildProcess session = ChildProcess.start(List.of("unshare", "-rm", "sh", "-c", program))) {
            exit = session.awaitExit(Duration.ofSeconds(120));
        }

        List<String> lines = exit.stdout().lines().toList();
        assertThat(lines).as(exit.toString()).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("PASSED null");
        assertThat(lines.get(1)).matches("(STOPPED|FAILED) .*No space left on device.*");
        assertThat(lines.get(2))
                .isEqualTo("note the session ends: the results cannot be written"
                        + " (No space left on device): make room or put the folder back, then run the rest");
        assertThat(lines.get(3)).matches("1 passed, 0 missed, (0 failed, 2|1 failed, 1) stopped");
    }
}
