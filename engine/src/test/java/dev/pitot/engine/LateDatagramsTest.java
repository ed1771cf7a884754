package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.Total;
import dev.pitot.testkit.FreePort;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Datagrams overtaken by the end of the test: they count as received, not as lost. The test plays the
/// other end, so that the order is fixed.
@Tag("slow")
class LateDatagramsTest {
    private static final String COOKIE = "abcdefghijklmnopqrstuvwxyz234567abcd\0";
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte TEST_END = 4;
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte EXCHANGE_RESULTS = 13;
    private static final byte DISPLAY_RESULTS = 14;
    private static final byte IPERF_DONE = 16;
    private static final byte[] REQUEST = {0x39, 0x38, 0x37, 0x36};
    private static final byte[] REPLY = {0x36, 0x37, 0x38, 0x39};
    private static final int BYTES = 100;
    private static final int MAX_TRIES = 10;
    private static final long MAX_SILENCE_MILLIS = 100;

    /// Control connection and UDP socket of the other end, used one message at a time.
    private static final class Peer implements AutoCloseable {
        private final Socket control;
        private final DatagramSocket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Peer(Socket control, DatagramSocket socket) throws IOException {
            this.control = control;
            this.socket = socket;
            control.setSoTimeout(30_000);
            socket.setSoTimeout(8_000);
            in = new DataInputStream(control.getInputStream());
            out = new DataOutputStream(control.getOutputStream());
        }

        /// Returns a client whose only stream is running.
        static Peer client(int port, String wishes) throws IOException {
            var control = new Socket(InetAddress.getLoopbackAddress(), port);
            var peer = new Peer(control, new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            peer.socket.connect(control.getRemoteSocketAddress());
            peer.out.writeBytes(COOKIE);
            peer.expect(PARAM_EXCHANGE);
            peer.frame("{\"udp\":true,\"omit\":0,\"time\":1,\"parallel\":1,\"len\":" + BYTES + wishes + "}");
            peer.expect(CREATE_STREAMS);
            peer.socket.send(new DatagramPacket(REQUEST, REQUEST.length));
            peer.socket.receive(new DatagramPacket(new byte[BYTES], BYTES));
            peer.expect(TEST_START);
            peer.expect(TEST_RUNNING);
            return peer;
        }

        /// Returns a server whose only stream is running.
        static Peer server(ServerSocket listener, DatagramSocket socket) throws IOException {
            var peer = new Peer(listener.accept(), socket);
            peer.in.readNBytes(COOKIE.length());
            peer.out.writeByte(PARAM_EXCHANGE);
            peer.frame();
            peer.out.writeByte(CREATE_STREAMS);
            var request = new DatagramPacket(new byte[BYTES], BYTES);
            socket.receive(request);
            SocketAddress client = request.getSocketAddress();
            socket.connect(client);
            socket.send(new DatagramPacket(REPLY, REPLY.length));
            peer.out.writeByte(TEST_START);
            peer.out.writeByte(TEST_RUNNING);
            return peer;
        }

        void expect(byte state) throws IOException {
            assertThat(in.readByte()).isEqualTo(state);
        }

        void say(byte state) throws IOException {
            out.writeByte(state);
        }

        void frame(String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        String frame() throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }

        void send(int first, int last) throws IOException {
            ByteBuffer block = ByteBuffer.allocate(BYTES);
            for (int number = first; number <= last; number++) {
                DatagramHeader.writeTrain(block, 1, block.capacity(), System.nanoTime(), number, false);
                socket.send(new DatagramPacket(block.array(), BYTES));
            }
        }

        @Override
        public void close() throws IOException {
            control.close();
            socket.close();
        }
    }

    /// Results message of the sending end.
    private static String results(int sent) {
        return "{\"cpu_util_total\":0,\"cpu_util_user\":0,\"cpu_util_system\":0,\"sender_has_retransmits\":0,"
                + "\"streams\":[{\"id\":1,\"bytes\":" + sent * BYTES + ",\"retransmits\":-1,\"jitter\":0,\"errors\":0,"
                + "\"omitted_errors\":0,\"packets\":" + sent
                + ",\"omitted_packets\":0,\"start_time\":0,\"end_time\":1}]}";
    }

    private static void pause(long millis) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .join();
    }

    private static Total received(TestReport report) {
        Summary summary = Objects.requireNonNull(report.summary());
        return Objects.requireNonNull(summary.directions().getFirst().received());
    }

    private static Datagrams datagrams(TestReport report) {
        return Objects.requireNonNull(received(report).datagrams());
    }

    private static long lost(TestReport report) {
        return Objects.requireNonNull(
                Objects.requireNonNull(datagrams(report).reception()).lost());
    }

    @Test
    void aServerReadsUntilItHasWhatTheClientHasSent() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                Peer client = Peer.client(server.port(), "")) {
            client.send(1, 10);
            client.say(TEST_END);
            client.expect(EXCHANGE_RESULTS);
            client.send(11, 15);
            client.frame(results(20));
            client.send(16, 20);

            assertThat(client.frame()).contains("\"errors\":0,").contains("\"packets\":20,");
            client.expect(DISPLAY_RESULTS);
            client.say(IPERF_DONE);

            TestReport report = watcher.awaitOutcome().report();
            assertThat(received(report).bytes()).isEqualTo(20 * BYTES);
            assertThat(lost(report)).isZero();
        }
    }

    @Test
    void aServersOwnSummaryMissesTheLastOnesToo() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                Peer client = Peer.client(server.port(), "")) {
            client.send(2, 50);
            client.say(TEST_END);
            client.expect(EXCHANGE_RESULTS);
            client.frame(results(51));

            assertThat(client.frame()).contains("\"errors\":2,").contains("\"packets\":51,");
            client.say(IPERF_DONE);

            watcher.awaitOutcome();
            TestReport shown = watcher.events().stream()
                    .filter(TestEvent.SummaryReady.class::isInstance)
                    .map(event -> ((TestEvent.SummaryReady) event).report())
                    .findFirst()
                    .orElseThrow();
            assertThat(datagrams(shown).packets()).isEqualTo(51);
            assertThat(lost(shown)).isEqualTo(2);
        }
    }

    @Test
    void aClientThatIsGoneBeforeItTellsItsResultsLeavesAReport() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start()) {
            try (Peer client = Peer.client(server.port(), "")) {
                client.send(1, 10);
                client.say(TEST_END);
                client.expect(EXCHANGE_RESULTS);
            }

            Outcome outcome = watcher.awaitOutcome();

            assertThat(outcome.ending()).isEqualTo(new Ending.PeerGone());
            assertThat(received(outcome.report()).bytes()).isEqualTo(10 * BYTES);
        }
    }

    /// Takes the 5 s after which the server stops waiting.
    @Test
    @Timeout(180)
    void aClientThatSendsOnForEverGetsItsResultsAllTheSame() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                Peer client = Peer.client(server.port(), "");
                var executor = Executors.newSingleThreadExecutor()) {
            client.send(1, 10);
            client.say(TEST_END);
            client.expect(EXCHANGE_RESULTS);
            client.frame(results(1_000_000));
            var isDone = new AtomicBoolean();
            var flood = executor.submit(() -> {
                for (int number = 11; !isDone.get(); number++) {
                    client.send(number, number);
                    pause(20);
                }
                return true;
            });

            try {
                assertThat(client.frame()).contains("\"packets\":1000000,"); // within the timeout of 8 s
            } finally {
                isDone.set(true);
            }
            assertThat(flood.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClientReadsUntilTheServersPathIsSilent() throws Exception {
        boolean isMeasured = false;
        for (int i = 0; i < MAX_TRIES && !isMeasured; i++) {
            isMeasured = isAllRead();
        }
        assertThat(isMeasured)
                .as("one of the tries was not delayed by a busy host")
                .isTrue();
    }

    /// @return false if this test's own server was silent for too long because the host is busy
    private static boolean isAllRead() throws Exception {
        try (var listener = new ServerSocket(FreePort.find(), 0, InetAddress.getLoopbackAddress());
                var socket = new DatagramSocket(listener.getLocalPort(), InetAddress.getLoopbackAddress());
                var executor = Executors.newSingleThreadExecutor()) {
            var silentMillis = new AtomicLong();
            var run = executor.submit(() -> {
                try (Peer server = Peer.server(listener, socket)) {
                    server.send(1, 10);
                    server.expect(TEST_END);
                    long startNanos = System.nanoTime();
                    server.say(EXCHANGE_RESULTS);
                    pause(10); // far less than the silence that the client allows
                    server.send(11, 20);
                    silentMillis.set(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
                    String told = server.frame();
                    server.frame(results(20));
                    server.say(DISPLAY_RESULTS);
                    server.expect(IPERF_DONE);
                    return told;
                }
            });

            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(listener.getLocalPort())
                    .test(TestConfig.builder()
                            .protocol(Protocol.UDP)
                            .direction(Direction.REVERSE)
                            .blockBytes(BYTES)
                            .limit(new Limit.ForDuration(Duration.ofMillis(300)))
                            .build())
                    .run();

            String told = run.get(30, TimeUnit.SECONDS);
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            if (silentMillis.get() > MAX_SILENCE_MILLIS) {
                return false;
            }
            assertThat(datagrams(outcome.report()).packets()).isEqualTo(20);
            assertThat(lost(outcome.report())).isZero();
            assertThat(told).contains("\"errors\":0,").contains("\"packets\":20,");
            return true;
        }
    }
}
