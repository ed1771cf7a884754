package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.measurement.TestContext.BeforeClient;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.process.LongLineConnection;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which of several failures is the reason of a test's, with stand-ins for iperf3 that fail one
/// after the other; and what is no failure.
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class FirstCauseTest {
    private static final int IPERF3_PORT = 5201;
    private static final String LISTENING = "echo 'Server listening on 5201 (test #1)'";

    private final String clientName = LocalNodes.name("tate");
    private final String serverName = LocalNodes.name("tpc");
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void choosePort() throws IOException {
        port = FreePort.find();
    }

    private IperfTest test() {
        var settings = TestSettings.of(List.of("-t", "1"), Iperf2Options.NONE, OutputStyle.TEXT);
        return new IperfTest(
                settings,
                new TestContext("s", port - IPERF3_PORT, EngineKind.IPERF3, null, BeforeClient.NOTHING, log::add));
    }

    private Path iperf3(String name, String script) throws IOException {
        return LocalNodes.script(
                folder, name, "case \"$1\" in --version) echo 'iperf 3.12 (cJSON 1.7.15)'; exit;; esac", script);
    }

    private TestOutcome run(IperfTest test, String client, String server) throws Exception {
        try (NodeHandle sender = LocalNodes.device(
                        clientName,
                        Map.of(EngineKind.IPERF3, iperf3(clientName, client).toString()));
                NodeHandle receiver = LocalNodes.device(
                        serverName,
                        Map.of(EngineKind.IPERF3, iperf3(serverName, server).toString()))) {
            return test.run(sender, receiver, OutputSink.NONE, OutputSink.NONE);
        }
    }

    private static String reason(TestOutcome outcome) {
        return Objects.requireNonNull(outcome.failure(), "no failure").reason();
    }

    @Test
    void theServerThatDiesBeforeTheClientIsRefusedIsTheReason() throws Exception {
        String dead = folder + "/dead";
        TestOutcome outcome = run(
                test(),
                "while [ ! -e " + dead + " ]; do sleep 0.1; done; sleep 1;"
                        + " echo 'iperf3: error - unable to connect to server: Connection refused' >&2; exit 1",
                LISTENING + "; sleep 1; echo 'Killed: out of memory' >&2; : >" + dead + "; exit 9");

        assertThat(reason(outcome))
                .startsWith("the server on " + serverName)
                .contains(" ended with exit code 9; last output of " + serverName)
                .endsWith(": Killed: out of memory");
        assertThat(log).anyMatch(line -> line.startsWith("later: ") && line.contains("Connection refused"));
    }

    @Test
    void theClientThatFailsFirstIsTheReasonWithItsLastLine() throws Exception {
        String dead = folder + "/dead";
        TestOutcome outcome = run(
                test(),
                "printf 'Segmentation\\033[31m fault\\n' >&2; : >" + dead + "; exit 139",
                LISTENING + "; while [ ! -e " + dead + " ]; do sleep 0.1; done; sleep 0.3;"
                        + " echo 'iperf3: error - client has terminated'; exit 1");

        assertThat(reason(outcome))
                .contains(" ended with exit code 139: look at its output; last output of " + clientName)
                .endsWith(": Segmentation [31m fault");
    }

    @Test
    void aStopAfterAFailureKeepsTheFailure() throws Exception {
        IperfTest test = test();
        String failed = folder + "/failed";
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                LocalNodes.await("the failure", () -> log.stream().anyMatch(line -> line.contains(" -c ")));
                LocalNodes.await("the failure", () -> Files.exists(Path.of(failed)));
                new CountDownLatch(1).await(2, TimeUnit.SECONDS); // the client's end is known a slice later
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            test.stop();
        });

        TestOutcome outcome = run(
                test,
                "echo 'iperf3: error - the server is busy running a test. try again later' >&2; : >" + failed
                        + "; exit 1",
                LISTENING + "; trap '' TERM; sleep 5");
        stopper.join();

        assertThat(reason(outcome)).startsWith("the server is busy with another test");
    }

    @Test
    void aTestWithoutFiguresHasNotPassed() throws Exception {
        String sent = "echo 'Connecting to host 127.0.0.1, port 5201';"
                + "echo '[ ID] Interval           Transfer     Bitrate         Retr';"
                + "echo '[  5]   0.00-1.00   sec  1.00 MBytes  8.39 Mbits/sec    0            sender'";

        TestOutcome outcome = run(
                test(),
                sent,
                LISTENING + "; sleep 1; "
                        + "echo '[ ID] Interval           Transfer     Bitrate         Retr';"
                        + "echo '[  5]   0.00-1.00   sec  1.00 MBytes  8.39 Mbits/sec    0            sender'");

        assertThat(reason(outcome))
                .isEqualTo("no figures: neither end reports how much was received: look at their output");
    }

    @Test
    void outputThatArrivesAfterTheDeadlineOfAProgramThatHasEndedIsWaitedFor() throws Exception {
        var local = new LocalConnection(clientName, Map.of(), InstantSource.system());
        var slow = new LongLineConnection(local, "row", Duration.ofSeconds(4));
        var hasty = new NodeTimeouts(
                LocalNodes.PATIENCE,
                LocalNodes.PATIENCE,
                LocalNodes.PATIENCE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                LocalNodes.PATIENCE);
        var node = LocalNodes.node(clientName, new ConnectionSettings.Local(), Node.Tools.ANY, hasty);
        try (var device = new NodeHandle(node, slow)) {
            CommandReport report = IperfCommand.client(
                            List.of("echo", "row"), Duration.ofSeconds(1), new LinesInFiles(folder))
                    .run(device, "slow");

            assertThat(report.ending()).isEqualTo(new Ending.Exited(0));
            assertThat(folder.resolve("slow.out")).content().endsWith("row\n");
        }
    }
}
