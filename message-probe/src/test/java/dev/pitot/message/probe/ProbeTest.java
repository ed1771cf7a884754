package dev.pitot.message.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.Admission;
import dev.pitot.message.EndpointOptions;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageServerListener;
import dev.pitot.message.Peer;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.ReceivedMessage;
import dev.pitot.message.RunningServer;
import dev.pitot.message.channel.Channel;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.simulate.Impairment;
import dev.pitot.testkit.simulate.UdpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Probes against a server in this process, directly and through a bad network.
@Timeout(180)
@Tag("slow")
class ProbeTest {
    private static final Impairment LOSSY = Impairment.NONE.withLoss(0.2).withSeed(7);

    private static final int MAX_TRIES = 10;
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

    private static EndpointOptions speaking(ProtocolMode mode) {
        return EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static EchoServer server() throws IOException {
        return EchoServer.start(loopback(0), EndpointOptions.DEFAULT);
    }

    private static PingPlan pings(Channel channel, int count) {
        return new PingPlan(channel, 64, Duration.ofMillis(1), new ProbeLimit.Count(count), false);
    }

    private static FloodPlan flood(Channel channel, @Nullable Duration interval) {
        return new FloodPlan(channel, 64, Duration.ofMillis(500), interval);
    }

    @ParameterizedTest
    @CsvSource({
        "LEGUME, UNRELIABLE",
        "LEGUME, RELIABLE",
        "EXTENDED, UNRELIABLE",
        "EXTENDED, RELIABLE",
        "EXTENDED, UNRELIABLE_SEQUENCED",
        "EXTENDED, RELIABLE_ORDERED",
        "AUTO, RELIABLE"
    })
    void everyPingIsAnswered(ProtocolMode mode, Channel.Kind kind) throws Exception {
        try (EchoServer server = server()) {
            PingResult result = new Ping(
                            server.localAddress(), pings(new Channel(kind, 0), 200), speaking(mode), ProbeListener.NONE)
                    .run();

            assertThat(result.counts()).isEqualTo(new PingResult.Counts(200, 200, 0, 0, 0, 0));
            assertThat(result.brokenOff()).isNull();
            PingResult.RoundTrips times = requireNonNull(result.roundTrips());
            assertThat(List.of(times.min(), times.p50(), times.p90(), times.p99(), times.p999(), times.max()))
                    .isSorted()
                    .allMatch(Duration::isPositive);
            assertThat(server.counts()).isEqualTo(new EchoServer.Counts(1, 200, 200, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void lossIsWhatTheServerAndTheWayBackDidNotBring(ProtocolMode mode) throws Exception {
        boolean isMeasured = false;
        for (int i = 0; i < MAX_TRIES && !isMeasured; i++) {
            isMeasured = isLossExact(mode);
        }
        assertThat(isMeasured)
                .as("a try in which the machine did not stand still")
                .isTrue();
    }

    /// Pings take 0.3 s and their answers may take 1 s more. On a machine that stands still for longer, answers
    /// come too late.
    ///
    /// @return whether the machine did not
    private static boolean isLossExact(ProtocolMode mode) throws IOException {
        try (EchoServer server = server();
                UdpRelay relay = UdpRelay.open(server.localAddress(), LOSSY, Impairment.NONE, System::nanoTime)) {
            var ping = new Ping(relay.address(), pings(Channel.UNRELIABLE, 300), speaking(mode), ProbeListener.NONE);
            long startNanos = System.nanoTime();
            PingResult result = ping.run();
            if (System.nanoTime() - startNanos > MAX_NANOS) {
                return false;
            }
            long answered = server.counts().answered(); // nothing is lost on the way back
            assertThat(result.counts()).isEqualTo(new PingResult.Counts(300, answered, 300 - answered, 0, 0, 0));
            assertThat(result.counts().lost()).isBetween(20L, 120L);
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void reliablePingsAreAnsweredThoughDatagramsAreLost(ProtocolMode mode) throws Exception {
        try (EchoServer server = server();
                UdpRelay relay = UdpRelay.open(server.localAddress(), LOSSY, LOSSY, System::nanoTime)) {
            PingResult result =
                    new Ping(relay.address(), pings(Channel.RELIABLE, 100), speaking(mode), ProbeListener.NONE).run();

            assertThat(result.counts())
                    .extracting(PingResult.Counts::answered, PingResult.Counts::lost, PingResult.Counts::duplicates)
                    .containsExactly(100L, 0L, 0L);
        }
    }

    @Test
    void aServerThatStandsStillIsMeasuredFromWhenPingsWereDue() throws Exception {
        var stopping = new MessageServerListener() {
            private final MessageServerListener echo = EchoServer.listener(EndpointOptions.DEFAULT);
            private int count;

            @Override
            public void message(Peer peer, ReceivedMessage message) {
                if (++count == 50) {
                    standStill();
                }
                echo.message(peer, message);
            }
        };
        try (RunningServer server = MessageServer.builder(EchoServer.types())
                .limits(EchoServer.LIMITS)
                .listener(stopping)
                .start(loopback(0))) {
            PingResult result = new Ping(
                            server.localAddress(),
                            pings(Channel.UNRELIABLE, 500),
                            EndpointOptions.DEFAULT,
                            ProbeListener.NONE)
                    .run();

            assertThat(result.counts().answered()).isEqualTo(500);
            // A closed loop would have one long round trip; here all that were due meanwhile
            // are long.
            assertThat(requireNonNull(result.roundTrips()).p50()).isGreaterThan(Duration.ofMillis(20));
        }
    }

    private static void standStill() {
        try {
            assertThat(new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"LEGUME, UNRELIABLE", "LEGUME, RELIABLE", "EXTENDED, UNRELIABLE", "EXTENDED, RELIABLE_ORDERED"})
    void aFloodAtARateArrivesWhole(ProtocolMode mode, Channel.Kind kind) throws Exception {
        boolean isAtRate = false;
        for (int i = 0; i < MAX_TRIES && !isAtRate; i++) {
            isAtRate = sentInAWholeFlood(mode, kind) >= 300;
        }
        assertThat(isAtRate)
                .as("a try in which the machine left time for the rate")
                .isTrue();
    }

    /// Half a second of a message each millisecond, all of which arrive.
    ///
    /// @return messages sent; fewer than 500 if the machine left no time for them
    private static long sentInAWholeFlood(ProtocolMode mode, Channel.Kind kind) throws IOException {
        try (EchoServer server = server()) {
            FloodResult result = new Flood(
                            server.localAddress(),
                            flood(new Channel(kind, 0), Duration.ofMillis(1)),
                            speaking(mode),
                            ProbeListener.NONE)
                    .run();

            long sent = result.sent().messages();
            assertThat(sent).isBetween(1L, 501L);
            assertThat(result.lost()).isZero();
            FloodResult.Received received = requireNonNull(result.received());
            assertThat(received.messages()).isEqualTo(sent);
            assertThat(received.bytes()).isEqualTo(64 * sent);
            assertThat(received.duplicates()).isZero();
            assertThat(server.counts().flooded()).isEqualTo(sent);
            return sent;
        }
    }

    @ParameterizedTest
    @CsvSource({"LEGUME, RELIABLE", "EXTENDED, RELIABLE", "EXTENDED, RELIABLE_ORDERED"})
    void aReliableFloodAsFastAsItGoesLosesNothing(ProtocolMode mode, Channel.Kind kind) throws Exception {
        try (EchoServer server = server()) {
            FloodResult result = new Flood(
                            server.localAddress(),
                            flood(new Channel(kind, 0), null),
                            speaking(mode),
                            ProbeListener.NONE)
                    .run();

            assertThat(result.lost()).isZero();
            assertThat(result.sent().messages()).isGreaterThan(1000);
            assertThat(result.roundTrip()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void theLossOfAFloodIsExact(ProtocolMode mode) throws Exception {
        try (EchoServer server = server();
                UdpRelay relay = UdpRelay.open(server.localAddress(), LOSSY, LOSSY, System::nanoTime)) {
            FloodResult result = new Flood(
                            relay.address(),
                            flood(Channel.UNRELIABLE, Duration.ofMillis(2)),
                            speaking(mode),
                            ProbeListener.NONE)
                    .run();

            assertThat(result.lost())
                    .isPositive()
                    .isEqualTo(result.sent().messages() - server.counts().flooded());
        }
    }

    @Test
    void progressIsReportedEachSecondAndAddsUp() throws Exception {
        List<ProbeProgress> seconds = new ArrayList<>();
        try (EchoServer server = server()) {
            var plan = new FloodPlan(Channel.RELIABLE, 100, Duration.ofMillis(4100), Duration.ofMillis(1));

            new Flood(server.localAddress(), plan, EndpointOptions.DEFAULT, seconds::add).run();
        }

        assertThat(seconds).hasSizeGreaterThan(1).allSatisfy(second -> {
            assertThat(second.sent()).isBetween(0L, 4100L);
            assertThat(second.bytes()).isEqualTo(100 * second.sent());
            assertThat(second.answered()).isNull();
        });
        assertThat(seconds.get(1).from()).isEqualTo(seconds.getFirst().to());
    }

    @Test
    void cancellingEndsAPingWithinASecond() throws Exception {
        try (EchoServer server = server()) {
            var first = new CountDownLatch(1);
            var plan = new PingPlan(
                    Channel.UNRELIABLE, 64, Duration.ofMillis(5), new ProbeLimit.Time(Duration.ofHours(1)), false);
            var ping = new Ping(server.localAddress(), plan, EndpointOptions.DEFAULT, _ -> first.countDown());
            CompletableFuture<PingResult> result = async(ping::run);
            first.await();

            long begin = System.nanoTime();
            ping.cancel();

            assertThat(result.join().counts().answered()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void cancellingEndsAFloodWithinASecond() throws Exception {
        var second = new CountDownLatch(1);
        try (EchoServer listening = server()) {
            var plan = new FloodPlan(Channel.RELIABLE, 64, Duration.ofHours(1), null);
            var flood = new Flood(listening.localAddress(), plan, EndpointOptions.DEFAULT, _ -> second.countDown());
            CompletableFuture<FloodResult> result = async(flood::run);
            second.await();

            long begin = System.nanoTime();
            flood.cancel();

            assertThat(result.join().sent().messages()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private interface Measurement<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> async(Measurement<T> measurement) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return measurement.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void aServerThatGoesAwayBreaksThePingOff() throws Exception {
        EchoServer server = server();
        var first = new CountDownLatch(1);
        var plan = new PingPlan(
                Channel.UNRELIABLE, 64, Duration.ofMillis(5), new ProbeLimit.Time(Duration.ofHours(1)), false);
        CompletableFuture<PingResult> result =
                async(new Ping(server.localAddress(), plan, EndpointOptions.DEFAULT, _ -> first.countDown())::run);
        first.await();

        server.close();

        assertThat(result.join().brokenOff())
                .isEqualTo("the server at 127.0.0.1:" + server.localAddress().getPort()
                        + " closed the connection: the server was closed");
        assertThat(result.join().counts().answered()).isPositive();
    }

    @Test
    void withoutAServerNothingIsMeasured() throws Exception {
        var nowhere = loopback(FreePort.find());

        assertThatThrownBy(() -> new Ping(nowhere, PingPlan.DEFAULT, EndpointOptions.DEFAULT, ProbeListener.NONE).run())
                .isInstanceOf(ProbeException.class)
                .hasMessage("nobody listens at 127.0.0.1:" + nowhere.getPort() + ": is the server running?");
    }

    @Test
    void aServerThatRefusesSaysWhy() throws Exception {
        var refusing = new MessageServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                return Admission.reject("not today");
            }
        };
        try (RunningServer server = MessageServer.builder(EchoServer.types())
                .limits(EchoServer.LIMITS)
                .listener(refusing)
                .start(loopback(0))) {
            assertThatThrownBy(() -> new Flood(
                                    server.localAddress(),
                                    FloodPlan.DEFAULT,
                                    EndpointOptions.DEFAULT,
                                    ProbeListener.NONE)
                            .run())
                    .isInstanceOf(ProbeException.class)
                    .hasMessage("the server at 127.0.0.1:"
                            + server.localAddress().getPort() + " refused the connection: not today");
        }
    }

    @Test
    void aChannelThatTheProtocolDoesNotHaveIsSaid() throws Exception {
        try (EchoServer server = server()) {
            PingPlan plan = pings(new Channel(Channel.Kind.UNRELIABLE_SEQUENCED, 0), 1);

            assertThatThrownBy(() -> new Ping(
                                    server.localAddress(), plan, speaking(ProtocolMode.LEGUME), ProbeListener.NONE)
                            .run())
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("legume");
        }
    }
}
