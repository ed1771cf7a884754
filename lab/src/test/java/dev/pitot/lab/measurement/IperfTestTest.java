package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.measurement.TestContext.BeforeClient;
import dev.pitot.lab.measurement.TestOutcome.Failure;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A test on two nodes with real programs and with stand-ins that fail; afterwards nothing runs.
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class IperfTestTest {
    private static final int IPERF3_PORT = 5201;
    private static final Duration LONG = LocalNodes.PATIENCE;

    private final String nodeName = LocalNodes.name("tate");
    private final String pcName = LocalNodes.name("tpc");
    private final String session = LocalNodes.name("session");
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private int port;
    private BeforeClient beforeClient = BeforeClient.NOTHING;

    @TempDir
    private Path folder;

    @BeforeEach
    void choosePort() throws IOException {
        port = FreePort.find();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(LocalNodes.notes(nodeName)).isEmpty();
        assertThat(LocalNodes.notes(pcName)).isEmpty();
        assertThat(LocalNodes.processes(" -p " + port)).isEmpty();
        assertThat(LocalNodes.processes(folder.toString())).isEmpty();
    }

    /// @param kind null for any
    private TestContext around(@Nullable EngineKind kind, @Nullable Duration deadline) {
        int usual = kind == EngineKind.IPERF2 ? 5001 : IPERF3_PORT;
        return new TestContext(session, port - usual, kind, deadline, beforeClient, log::add);
    }

    private static TestSettings settings(String options, OutputStyle style) {
        return TestSettings.of(List.of(options.split(" ", -1)), Iperf2Options.NONE, style);
    }

    private IperfTest short3() {
        return new IperfTest(settings("-t 1", OutputStyle.TEXT), around(EngineKind.IPERF3, null));
    }

    private TestOutcome run(IperfTest test, NodeHandle sender, NodeHandle receiver) throws InterruptedException {
        try (sender;
                receiver) {
            return test.run(sender, receiver, OutputSink.NONE, OutputSink.NONE);
        }
    }

    private TestOutcome run(IperfTest test) throws InterruptedException {
        return run(test, LocalNodes.device(nodeName), LocalNodes.device(pcName));
    }

    /// A device whose iperf3 is a script, which tells the version of a real one.
    private NodeHandle standIn(String name, String... lines) throws IOException {
        return LocalNodes.device(
                name, Map.of(EngineKind.IPERF3, iperf3(name, lines).toString()));
    }

    private Path iperf3(String name, String... lines) throws IOException {
        return LocalNodes.script(
                folder,
                name,
                "case \"$1\" in --version) echo 'iperf 3.12 (cJSON 1.7.15)'; exit;; esac",
                String.join("\n", lines));
    }

    private static String reason(TestOutcome outcome) {
        return Objects.requireNonNull(outcome.failure(), "no failure").reason();
    }

    @Needs({Tool.IPERF2, Tool.IPERF3})
    @ParameterizedTest
    @CsvSource({
        "IPERF3, TO_NODE, -t 1",
        "IPERF3, FROM_NODE, -u -b 2M -t 1",
        "IPERF2, TO_NODE, -u -b 2M -t 1",
        "IPERF2, FROM_NODE, -t 1 -P 2"
    })
    void realProgramsMeasureBothWays(EngineKind kind, NodeDirection direction, String options) throws Exception {
        boolean isFromNode = direction == NodeDirection.FROM_NODE;
        var test = new IperfTest(settings(options, OutputStyle.EXACT), around(kind, null));

        TestOutcome outcome = run(
                test,
                LocalNodes.device(isFromNode ? nodeName : pcName),
                LocalNodes.device(isFromNode ? pcName : nodeName));

        assertThat(outcome.failure()).as(log::toString).isNull();
        assertThat(outcome.engine()).isEqualTo(kind);
        assertThat(Objects.requireNonNull(outcome.sender()).totals())
                .isNotEmpty()
                .allMatch(IperfTestTest::hasBytes);
        assertThat(Objects.requireNonNull(outcome.receiver()).totals())
                .isNotEmpty()
                .allMatch(IperfTestTest::hasBytes);
        String sender = isFromNode ? nodeName : pcName;
        assertThat(log).anyMatch(line -> line.startsWith(sender) && line.contains(" -c 127.0.0.1"));
    }

    private static boolean hasBytes(Row row) {
        return row.amounts().bytes().value() > 0;
    }

    @Test
    @Needs(Tool.IPERF3)
    void theClientWaitsForWhatComesBeforeItAndThatForTheServer() throws Exception {
        var wasListening = new AtomicBoolean();
        beforeClient = () -> {
            wasListening.set(!LocalNodes.processes("iperf3 -s -1 -p " + port).isEmpty()
                    && LocalNodes.processes("-c 127.0.0.1 -p " + port).isEmpty());
            return null;
        };

        assertThat(run(short3()).failure()).isNull();
        assertThat(wasListening).isTrue();
    }

    @Test
    @Needs(Tool.IPERF3)
    void theClientDoesNotStartIfWhatComesBeforeItFails() throws Exception {
        beforeClient = () -> "timed out waiting for the turntable";

        TestOutcome outcome = run(short3());

        assertThat(reason(outcome)).isEqualTo("timed out waiting for the turntable");
        assertThat(outcome.sender()).isNull();
        assertThat(Objects.requireNonNull(outcome.receiver()).ending()).isInstanceOf(Ending.Stopped.class);
    }

    @Test
    @Needs(Tool.IPERF3)
    void aStopBeforeTheClientIsAStop() throws Exception {
        var test = new AtomicReference<IperfTest>();
        beforeClient = () -> {
            test.get().stop();
            return "the hook was ended";
        };
        test.set(short3());

        assertThat(run(test.get()).failure()).isEqualTo(Failure.stopped());
    }

    @Test
    @Needs(Tool.IPERF3)
    void aTestThatIsStoppedBeforeItsStartMeasuresNothing() throws Exception {
        IperfTest test = short3();
        test.stop();

        assertThat(run(test).failure()).isEqualTo(Failure.stopped());
    }

    @Test
    @Needs(Tool.IPERF3)
    void aStopInTheMiddleKeepsWhatWasMeasured() throws Exception {
        var test = new IperfTest(settings("-t 30 -i 0.2", OutputStyle.TEXT), around(EngineKind.IPERF3, null));
        var intervals = new CountDownLatch(2);
        OutputSink counting = (_, _, _) -> new Counting(intervals);
        try (NodeHandle node = LocalNodes.device(nodeName);
                NodeHandle trafficPc = LocalNodes.device(pcName)) {
            var stopper = Thread.ofVirtual().start(() -> {
                try {
                    intervals.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                test.stop();
            });

            TestOutcome outcome = test.run(node, trafficPc, counting, OutputSink.NONE);
            stopper.join();

            assertThat(outcome.failure()).isEqualTo(Failure.stopped());
            assertThat(intervals.getCount()).isZero();
            assertThat(Objects.requireNonNull(outcome.sender()).elapsed()).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    @Needs(Tool.IPERF3)
    void aServerThatExitsAtOnceIsToldByItsLastWords() throws Exception {
        NodeHandle receiver =
                standIn(pcName, "echo 'iperf3: error - unable to start listener: Permission denied' >&2; exit 1");

        TestOutcome outcome = run(short3(), LocalNodes.device(nodeName), receiver);

        assertThat(reason(outcome))
                .startsWith("the server on " + pcName)
                .contains("did not start: ", "unable to start listener: Permission denied");
        assertThat(outcome.sender()).isNull();
    }

    @Test
    @Needs(Tool.IPERF3)
    void aServerThatExitsWithoutAWordIsToldByItsCode() throws Exception {
        assertThat(reason(run(short3(), LocalNodes.device(nodeName), standIn(pcName, "exit 7"))))
                .endsWith("did not start: exit code 7");
    }

    @Test
    @Needs(Tool.IPERF3)
    void aServerThatNeverListensIsEnded() throws Exception {
        NodeTimeouts usual = NodeTimeouts.DEFAULT;
        var hasty = new NodeTimeouts(
                usual.login(), usual.command(), Duration.ofMillis(1500), usual.report(), usual.fetch(), usual.end());
        Path script = iperf3(pcName, "exec sleep 60");

        TestOutcome outcome = run(
                short3(),
                LocalNodes.device(nodeName),
                LocalNodes.device(pcName, Map.of(EngineKind.IPERF3, script.toString()), hasty));

        assertThat(reason(outcome)).endsWith("did not listen at port " + port + " within 1.5 s: look at its output");
        assertThat(Objects.requireNonNull(outcome.receiver()).ending()).isInstanceOf(Ending.Stopped.class);
    }

    @Test
    @Needs(Tool.IPERF3)
    void aClientThatIsGoneAtItsTurnIsToldAndTheServerIsEnded() throws Exception {
        NodeHandle sender = standIn(nodeName, "exec /no/such/program");

        TestOutcome outcome = run(short3(), sender, LocalNodes.device(pcName));

        assertThat(Objects.requireNonNull(outcome.failure()).kind()).isEqualTo(ErrorKind.NOT_RUNNABLE);
        assertThat(outcome.receiver()).isNotNull();
    }

    @Test
    void aNodeWithoutTheProgramIsTold() throws Exception {
        NodeHandle sender = LocalNodes.device(nodeName, Map.of(EngineKind.IPERF3, "/no/such/iperf3"));

        assertThat(reason(run(short3(), sender, LocalNodes.device(pcName)))).contains(nodeName, "iperf3");
    }

    @Test
    @Needs(Tool.IPERF3)
    void aSilentClientIsEndedAtItsDeadline() throws Exception {
        NodeHandle sender = standIn(nodeName, "trap '' TERM", "exec sleep 60");
        var test = new IperfTest(settings("-t 1", OutputStyle.TEXT), around(EngineKind.IPERF3, Duration.ofSeconds(1)));

        TestOutcome outcome = run(test, sender, LocalNodes.device(pcName));

        assertThat(reason(outcome))
                .startsWith("expected to end within 1.0 s, actual ")
                .endsWith(" s: the client was ended: is the test network up? 'deadline' in the plan allows more");
    }

    @Test
    @Needs(Tool.IPERF3)
    void anInterruptEndsBothEnds() throws Exception {
        var told = new CompletableFuture<Throwable>();
        var test = new IperfTest(settings("-t 30", OutputStyle.TEXT), around(EngineKind.IPERF3, null));
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                run(test);
            } catch (InterruptedException e) {
                told.complete(e);
            }
        });
        LocalNodes.await(
                "the client",
                () -> !LocalNodes.processes("-c 127.0.0.1 -p " + port).isEmpty());
        thread.interrupt();

        assertThat(told.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    @Needs(Tool.IPERF3)
    void aPersonsServerIsUsedAtItsOwnPort() throws Exception {
        var byHand = new NodeHandle(
                LocalNodes.node(pcName, new ConnectionSettings.Manual(port), Node.Tools.ANY),
                new ForbiddenConnection());
        List<String> server = List.of("iperf3", "-s", "-1", "--forceflush", "-p", Integer.toString(port));
        try (NodeHandle machine = LocalNodes.device(LocalNodes.name("person"))) {
            IperfRun person = IperfCommand.server(server, OutputSink.NONE).start(machine, "");
            person.awaitReady(port, LONG);
            var around = new TestContext(session, 3, EngineKind.IPERF3, null, BeforeClient.NOTHING, log::add);

            TestOutcome outcome = run(
                    new IperfTest(settings("-t 1", OutputStyle.EXACT), around), LocalNodes.device(nodeName), byHand);

            assertThat(outcome.failure()).isNull();
            assertThat(Objects.requireNonNull(outcome.sender()).totals()).isNotEmpty();
            assertThat(outcome.receiver()).isNull();
            assertThat(person.await(LONG)).isNotNull();
        }
    }

    @Test
    @Needs(Tool.IPERF3)
    void aPortThatSomebodyElseHasIsLeftAlone() throws Exception {
        try (var taken = new ServerSocket(port, 1)) {
            TestOutcome outcome = run(short3());

            assertThat(outcome.failure()).isNull();
            assertThat(log)
                    .anySatisfy(line -> assertThat(line)
                            .isEqualTo("port " + port + " of " + pcName
                                    + " (this machine) is somebody else's: the next is " + (port + 100)));
            assertThat(taken.isBound()).isTrue();
        }
    }

    @Test
    @Needs(Tool.IPERF2)
    void aDetachedServersOutputComesAfterwards() throws Exception {
        var daemon = new Iperf2Options(List.of(), List.of(), true);
        var settings = TestSettings.of(List.of("-t", "1"), daemon, OutputStyle.TEXT);

        TestOutcome outcome = run(new IperfTest(settings, around(EngineKind.IPERF2, null)));

        assertThat(outcome.failure()).isNull();
        assertThat(Objects.requireNonNull(outcome.receiver()).totals()).isNotEmpty();
    }

    /// Counts intervals.
    private record Counting(CountDownLatch intervals) implements OutputSink.Recorder {
        @Override
        public void line(OutputLine line) {}

        @Override
        public void row(Row row) {
            intervals.countDown();
        }

        @Override
        public void close() {}
    }
}
