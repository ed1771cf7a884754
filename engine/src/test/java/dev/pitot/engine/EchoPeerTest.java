package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.testkit.FreePort;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client's probe with servers that are old, silent, lying or not there: the test goes well in any case.
class EchoPeerTest {
    private static final String RESULTS = "{\"cpu_util_total\":1,\"cpu_util_user\":1,\"cpu_util_system\":0,"
            + "\"sender_has_retransmits\":-1,\"streams\":[{\"id\":1,\"bytes\":1,\"retransmits\":-1,\"jitter\":0,"
            + "\"errors\":0,\"packets\":0,\"start_time\":0,\"end_time\":0.3}]";
    private static final int COOKIE_BYTES = 37;
    private static final int ANSWER = 0x50454341;

    /// Server of one test over TCP, with the answers of a script to echo requests.
    private static final class Peer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(FreePort.find(), 10, InetAddress.getLoopbackAddress());
        private final DatagramSocket echo =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
        private final int version;
        private final String results;
        private final AtomicInteger requests = new AtomicInteger();
        private final CompletableFuture<String> clientResults = new CompletableFuture<>();

        Peer(int version, String results, Function<ByteBuffer, @Nullable ByteBuffer> script) throws IOException {
            this.version = version;
            this.results = results;
            Thread.ofVirtual().start(() -> play());
            Thread.ofVirtual().start(() -> answer(script));
        }

        private void play() {
            try (Socket control = listener.accept()) {
                var in = new DataInputStream(control.getInputStream());
                var out = new DataOutputStream(control.getOutputStream());
                in.readNBytes(COOKIE_BYTES);
                out.write(9);
                in.readNBytes(in.readInt());
                out.write(version == 0 ? new byte[] {10} : new byte[] {'P', (byte) version, 10});
                try (Socket data = listener.accept()) {
                    data.getInputStream().readNBytes(COOKIE_BYTES);
                    out.write(new byte[] {1, 2});
                    Thread.ofVirtual().start(() -> drain(data));
                    assertThat(in.read()).isEqualTo(4);
                    out.write(13);
                    clientResults.complete(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
                    byte[] frame = results.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(frame.length);
                    out.write(frame);
                    out.write(14);
                    in.read();
                }
            } catch (IOException e) {
                clientResults.completeExceptionally(e);
            }
        }

        private static void drain(Socket data) {
            try {
                data.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException _) { // the test is over
            }
        }

        private void answer(Function<ByteBuffer, @Nullable ByteBuffer> script) {
            try {
                while (true) {
                    var packet = new DatagramPacket(new byte[100], 100);
                    echo.receive(packet);
                    requests.incrementAndGet();
                    ByteBuffer answer = script.apply(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                    if (answer != null) {
                        echo.send(new DatagramPacket(
                                answer.array(), answer.remaining(), packet.getAddress(), packet.getPort()));
                    }
                }
            } catch (IOException _) { // closed
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            echo.close();
        }
    }

    private static ByteBuffer honest(ByteBuffer request) {
        return request.putInt(0, ANSWER).putLong(16, System.nanoTime()).putLong(24, System.nanoTime());
    }

    private static Latency play(Peer peer, ProbeSettings probe) throws InterruptedException {
        Outcome outcome = Iperf.client("127.0.0.1")
                .port(peer.listener.getLocalPort())
                .test(TestConfig.builder()
                        .limit(new Limit.ForDuration(Duration.ofMillis(500)))
                        .metadata(TestMetadata.NONE.withProbe(probe))
                        .build())
                .run();
        assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        Evidence evidence = Objects.requireNonNull(outcome.report().summary()).evidence();
        return Objects.requireNonNull(evidence).latency();
    }

    private static List<LatencyMethod> idle(Latency latency) {
        return latency.idle().stream().map(RoundTripStatistics::method).toList();
    }

    @Test
    void anEchoOfAnotherMakeIsUnderstood() throws Exception {
        try (var peer = new Peer(3, RESULTS + "}", EchoPeerTest::honest)) {
            Latency latency = play(peer, ProbeSettings.DEFAULT);

            assertThat(idle(latency)).contains(LatencyMethod.UDP_ECHO);
            assertThat(latency.echo())
                    .isInstanceOfSatisfying(
                            EchoReport.Measured.class,
                            echo -> assertThat(echo.idle().lost()).isZero());
            assertThat(peer.clientResults.get()).contains("\"pitot\":{");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anOlderServerIsSentNothingNew(int version) throws Exception {
        try (var peer = new Peer(version, RESULTS + "}", EchoPeerTest::honest)) {
            Latency latency = play(peer, ProbeSettings.DEFAULT);

            assertThat(latency.echo()).isNull();
            assertThat(peer.requests.get()).isZero();
            assertThat(peer.clientResults.get()).doesNotContain("pitot");
        }
    }

    @Test
    void evidenceThatWasNotAgreedOnIsIgnored() throws Exception {
        String told = ",\"pitot\":{\"loaded\":[{\"method\":\"udp_echo\",\"samples\":9,\"min\":1,\"mean\":1,\"p50\":1,"
                + "\"max\":1}]}}";
        try (var peer = new Peer(2, RESULTS + told, EchoPeerTest::honest)) {
            assertThat(play(peer, ProbeSettings.NONE).directions().getFirst().loaded())
                    .noneMatch(statistics -> statistics.method() == LatencyMethod.UDP_ECHO);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"streams\":7}", "[1]", "{\"loaded\":[{\"method\":1}],\"tcp_fields\":[[[]]]}"})
    void evidenceThatMakesNoSenseFailsNoTest(String told) throws Exception {
        try (var peer = new Peer(3, RESULTS + ",\"pitot\":" + told + "}", EchoPeerTest::honest)) {
            play(peer, ProbeSettings.NONE);
        }
    }

    @Test
    void aServerThatAnswersNothingCostsHalfASecond() throws Exception {
        try (var peer = new Peer(3, RESULTS + "}", _ -> null)) {
            Latency latency = play(peer, ProbeSettings.DEFAULT);

            assertThat(latency.echo())
                    .isEqualTo(new EchoReport.Unavailable(
                            "no answers on UDP port " + peer.listener.getLocalPort() + ": is it open?"));
            assertThat(idle(latency)).doesNotContain(LatencyMethod.UDP_ECHO);
            assertThat(peer.requests.get()).isBetween(1, 20); // and then no more
        }
    }

    @Test
    void answersWithoutTheKeyAreNone() throws Exception {
        try (var peer = new Peer(3, RESULTS + "}", request -> honest(request).putLong(40, 0))) {
            assertThat(play(peer, ProbeSettings.DEFAULT).echo()).isInstanceOf(EchoReport.Unavailable.class);
        }
    }

    @Test
    void requestsWithoutAnswersAreLost() throws Exception {
        try (var peer = new Peer(3, RESULTS + "}", request -> request.getInt(4) % 2 == 0 ? honest(request) : null)) {
            assertThat(play(peer, ProbeSettings.DEFAULT.withPerSecond(1000)).echo())
                    .isInstanceOfSatisfying(EchoReport.Measured.class, echo -> {
                        assertThat(echo.idle().lost()).isPositive();
                        assertThat(echo.idle().lost()).isLessThan(echo.idle().sent());
                    });
        }
    }

    /// Sequence numbers and times of a server are not believed.
    @Test
    void aLyingServerChangesNoRoundTrip() throws Exception {
        try (var peer = new Peer(
                3,
                RESULTS + "}",
                request -> honest(request)
                        .putInt(4, request.getInt(4) == 0 ? 0 : request.getInt(4) ^ 1 << 30)
                        .putLong(8, Long.MIN_VALUE)
                        .putLong(16, Long.MAX_VALUE)
                        .putLong(24, Long.MIN_VALUE))) {
            Latency latency = play(peer, ProbeSettings.DEFAULT);

            assertThat(latency.echo()).isInstanceOfSatisfying(EchoReport.Measured.class, echo -> {
                assertThat(echo.idle().lost()).isEqualTo(echo.idle().sent());
                assertThat(echo.oneWay()).isEqualTo(new OneWayDelay.Unknown(OneWayDelay.Reason.NO_SAMPLES));
            });
            assertThat(idle(latency)).doesNotContain(LatencyMethod.UDP_ECHO);
        }
    }

    @Test
    void aNamedTargetIsProbedBesideATestWithAnyServer() throws Exception {
        try (var peer = new Peer(0, RESULTS + "}", _ -> null);
                var target = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Latency latency =
                    play(peer, ProbeSettings.DEFAULT.withTarget(new Endpoint("127.0.0.1", target.getLocalPort())));

            assertThat(idle(latency)).contains(LatencyMethod.TCP_CONNECT);
            assertThat(Objects.requireNonNull(latency.target()).idle().sent()).isPositive();
            assertThat(Objects.requireNonNull(latency.target()).failure()).isNull();
        }
    }

    @Test
    void aTargetThatRefusesIsCounted() throws Exception {
        int closed = FreePort.find();
        try (var peer = new Peer(0, RESULTS + "}", _ -> null)) {
            Latency latency = play(peer, ProbeSettings.DEFAULT.withTarget(new Endpoint("127.0.0.1", closed)));

            EchoReport.Count loaded = Objects.requireNonNull(latency.target()).loaded();
            assertThat(loaded.lost()).isEqualTo(loaded.sent());
            assertThat(idle(latency)).doesNotContain(LatencyMethod.TCP_CONNECT);
        }
    }

    /// Under another name, so that only its address tells.
    @Test
    void theTestsOwnServerIsNeverProbed() throws Exception {
        try (var peer = new Peer(0, RESULTS + "}", _ -> null)) {
            var same = new Endpoint("localhost", peer.listener.getLocalPort());
            Latency latency = play(peer, ProbeSettings.DEFAULT.withTarget(same));

            assertThat(Objects.requireNonNull(latency.target()).failure()).contains("name another port");
            assertThat(latency.target().idle().sent()).isZero();
        }
    }
}
