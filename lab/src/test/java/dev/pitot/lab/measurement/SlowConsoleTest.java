package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.TestContext.BeforeClient;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.Readiness;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.remote.ShellContext;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.TelnetdProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver behind telnet on a line of 115,200 baud, whose list of sockets has 9,000 lines.
@Needs({Tool.TELNETD, Tool.IPERF3})
@Tag("slow")
class SlowConsoleTest {
    private static final int BYTES_PER_SECOND = 11_520;
    private static final int SOCKETS = 9_000; // 1.35 MB, which take two minutes
    private static final int MUCH = 300_000;
    private static final int IPERF3_PORT = 5201;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final String session = LocalNodes.name("session");
    private ServerProcess telnetd;
    private ThrottledRelay line;
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        telnetd = TelnetdProcess.start(folder);
        line = new ThrottledRelay(telnetd.port());
        port = FreePort.find();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.writeString(folder.resolve("sockets"), sockets());
        LocalNodes.script(
                bin,
                "cat",
                "for f; do case $f in /proc/net/tcp) /bin/cat '" + folder.resolve("sockets") + "' ;; esac; done",
                "exec /bin/cat \"$@\"");
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        telnetd.close();
    }

    private static String sockets() {
        var table = new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n");
        IntStream.range(0, SOCKETS)
                .forEach(i -> table.append(String.format(
                        "%4d: 0100007F:%04X 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0"
                                + " %d 1 0000000000000000 100 0 0 10 0%n",
                        i, 1 + i % 1000, 100_000 + i)));
        return table.toString();
    }

    private NodeHandle receiver() throws IOException {
        String name = LocalNodes.name("tate");
        var settings = new ConnectionSettings.Telnet(
                "127.0.0.1", line.port(), TelnetdProcess.LOGIN, new Secret.InVariable("PASSWORD"));
        var secrets = new SecretReader(Map.of("PASSWORD", TelnetdProcess.PASSWORD)::get);
        var connections = new ConnectionFactory(secrets, folder, InstantSource.system());
        Map<String, String> environment = Map.of("PATH", folder.resolve("bin").toString());
        var tools = new Node.Tools(EngineKind.IPERF3, Map.of(), environment);
        return new NodeHandle(
                LocalNodes.node(name, settings, tools),
                connections.open(
                        new ShellContext(name, OperatingSystem.LINUX, environment, NodeTimeouts.DEFAULT), settings));
    }

    private TestOutcome run(String options, NodeHandle receiver, NodeHandle sender) throws Exception {
        var test = new IperfTest(
                TestSettings.of(List.of(options.split(" ", -1)), Iperf2Options.NONE, TestSettings.OutputStyle.EXACT),
                new TestContext(session, port - IPERF3_PORT, EngineKind.IPERF3, null, BeforeClient.NOTHING, log::add));
        try (sender;
                receiver) {
            return test.run(sender, receiver, OutputSink.NONE, OutputSink.NONE);
        }
    }

    @Test
    void aReceiverIsReadyInTimeAndItsOutputArrivesWhole() throws Exception {
        TestOutcome outcome = run("-t 1 -i 0.1 -P 100", receiver(), LocalNodes.device(LocalNodes.name("tpc")));

        assertThat(outcome.failure()).as(log::toString).isNull();
        assertThat(Objects.requireNonNull(outcome.receiver()).totals()).hasSizeGreaterThanOrEqualTo(100);
        // a busy machine makes fewer intervals; twice as much would be with the list of sockets
        assertThat(line.received()).isBetween(MUCH / 2L, 2L * MUCH);
    }

    /// What is asked to end says everything in one line, which needs longer than a line may be waited for.
    @Test
    void aLongLineOfAProgramThatIsEndedArrivesWhole() throws Exception {
        Path server = LocalNodes.script(
                folder,
                "iperf3",
                "trap 'head -c " + MUCH + " /dev/zero | tr \"\\\\0\" x; echo; exit 0' TERM",
                "echo 'Server listening on 5201'",
                "while :; do sleep 0.1; done");
        try (NodeHandle receiver = receiver()) {
            IperfRun run = IperfCommand.server(List.of(server.toString()), new LinesInFiles(folder))
                    .start(receiver, "slow");
            assertThat(run.awaitReady(port, LocalNodes.PATIENCE)).isEqualTo(Readiness.State.REPORTED);

            run.stop();

            assertThat(run.await(LocalNodes.PATIENCE)).isNotNull();
        }
        assertThat(folder.resolve("slow.out")).hasContent("Server listening on 5201\n" + "x".repeat(MUCH));
    }
    /// Sends to and from a telnet server no faster than a serial line; one connection at a time.
    private static final class ThrottledRelay implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final int target;
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
        private final AtomicLong received = new AtomicLong();

        ThrottledRelay(int target) throws IOException {
            this.target = target;
            Thread.ofPlatform().daemon().start(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        long received() {
            return received.get();
        }

        private void accept() {
            try {
                while (true) {
                    Socket near = listener.accept();
                    var far = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.addAll(Set.of(near, far));
                    Thread.ofPlatform().daemon().start(() -> copy(near, far, false));
                    Thread.ofPlatform().daemon().start(() -> copy(far, near, true));
                }
            } catch (IOException _) { // closed
            }
        }

        private void copy(Socket from, Socket to, boolean counts) {
            var bytes = new byte[BYTES_PER_SECOND / 50];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    LockSupport.parkNanos(count * 1_000_000_000L / BYTES_PER_SECOND);
                    out.write(bytes, 0, count);
                    long _ = received.addAndGet(counts ? count : 0);
                }
            } catch (IOException _) { // closed
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
