package dev.pitot.message.probe;

import static dev.pitot.testkit.Awaiter.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageServerListener;
import dev.pitot.message.Peer;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.ReceivedMessage;
import dev.pitot.message.RunningServer;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.testkit.simulate.Impairment;
import dev.pitot.testkit.simulate.RateLimit;
import dev.pitot.testkit.simulate.UdpRelay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Probes of servers that are slow, stand still, are gone, or cannot answer.
@Timeout(120)
@Tag("slow")
class SlowServerTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Impairment SLOW = Impairment.NONE.withRate(new RateLimit(400_000, 20_000)); // 50 KB/s

    private static EndpointOptions speaking(ProtocolMode mode) {
        return EndpointOptions.DEFAULT.withTimeout(TIMEOUT).withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private static void assertAddsUp(PingResult.Counts counts) {
        assertThat(counts.sent()).isEqualTo(counts.answered() + counts.lost() + counts.pending());
        assertThat(counts.lost()).isNotNegative();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void whatAServerThatIsGoneHasNotAnsweredIsLost(ProtocolMode mode) throws Exception {
        var plan = new PingPlan(
                Channel.RELIABLE, 64, Duration.ofMillis(5), new ProbeLimit.Time(Duration.ofHours(1)), false);
        try (EchoServer server = EchoServer.start(LOOPBACK, EndpointOptions.DEFAULT);
                UdpRelay relay =
                        UdpRelay.open(server.localAddress(), Impairment.NONE, Impairment.NONE, System::nanoTime)) {
            PingResult result = new Ping(relay.address(), plan, speaking(mode), _ -> interrupt(relay)).run();

            PingResult.Counts counts = result.counts();
            assertAddsUp(counts);
            assertThat(result.brokenOff()).contains("timed out");
            assertThat(counts.answered()).isPositive();
            assertThat(counts.lost()).isPositive();
            assertThat(counts.pending()).isZero();
            assertThat(requireNonNull(counts.lossShare())).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(CloseReason.Cause.class)
    void nothingIsOnItsWayAfterATimeoutOrFromAServerThatHasRestarted(CloseReason.Cause cause) {
        try (var connection = new ProbeConnection(LOOPBACK, EndpointOptions.DEFAULT, _ -> {})) {
            connection.disconnected(new CloseReason(cause, ""));

            assertThat(connection.isOver()).isTrue();
            assertThat(connection.isServerGone())
                    .isEqualTo(cause == CloseReason.Cause.TIMEOUT || cause == CloseReason.Cause.RESET);
        }
    }

    /// Its 2,000,000 pings would take an hour.
    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void pingsEndByTimeThoughTheServerIsSlow(ProtocolMode mode) throws Exception {
        var plan = new PingPlan(
                Channel.RELIABLE, 64, Duration.ofNanos(100), new ProbeLimit.Time(Duration.ofMillis(200)), false);
        try (EchoServer server = EchoServer.start(LOOPBACK, EndpointOptions.DEFAULT);
                UdpRelay relay = UdpRelay.open(server.localAddress(), SLOW, SLOW, System::nanoTime)) {
            PingResult result = new Ping(relay.address(), plan, speaking(mode), ProbeListener.NONE).run();

            PingResult.Counts counts = result.counts();
            assertAddsUp(counts);
            assertThat(counts.sent()).isBetween(1L, 1_999_999L);
            assertThat(server.counts().pings()).isPositive().isLessThanOrEqualTo(counts.sent());
        }
    }

    @Test
    void pingsThatHaveNotLeftAreNotSent() throws Exception {
        var released = new CountDownLatch(1);
        var pings = new AtomicLong();
        var standing = new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                pings.incrementAndGet();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        var plan = new PingPlan(
                Channel.RELIABLE, 1000, Duration.ofNanos(1000), new ProbeLimit.Time(Duration.ofHours(1)), false);
        try (RunningServer server =
                MessageServer.builder(EchoServer.types()).listener(standing).start(LOOPBACK)) {
            PingResult result =
                    new Ping(server.localAddress(), plan, speaking(ProtocolMode.EXTENDED), ProbeListener.NONE).run();

            assertThat(result.counts().answered()).isZero();
            assertThat(result.counts().lost()).isEqualTo(result.counts().sent());
            released.countDown(); // what has left waits in the server's socket
            await(() -> pings.get() == result.counts().sent());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void thePercentilesOfOnePingAreItsRoundTrip(ProtocolMode mode) throws Exception {
        var plan = new PingPlan(Channel.RELIABLE, 64, Duration.ofMillis(1), new ProbeLimit.Count(1), false);
        try (EchoServer server = EchoServer.start(LOOPBACK, EndpointOptions.DEFAULT)) {
            PingResult.RoundTrips times =
                    requireNonNull(new Ping(server.localAddress(), plan, speaking(mode), ProbeListener.NONE)
                            .run()
                            .roundTrips());

            assertThat(List.of(times.p50(), times.p90(), times.p99(), times.p999(), times.max()))
                    .containsOnly(times.min());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void progressIsReportedWhileWhatWaitsIsSent(ProtocolMode mode) throws Exception {
        List<ProbeProgress> seconds = new ArrayList<>();
        var plan = new FloodPlan(Channel.RELIABLE_ORDERED, 1000, Duration.ofMillis(100), Duration.ofNanos(500_000));
        try (EchoServer server = EchoServer.start(LOOPBACK, EndpointOptions.DEFAULT);
                UdpRelay relay = UdpRelay.open(server.localAddress(), SLOW, SLOW, System::nanoTime)) {
            FloodResult result = new Flood(
                            relay.address(), plan, speaking(mode).withTimeout(Duration.ofSeconds(30)), seconds::add)
                    .run();

            assertThat(result.lost()).isZero();
            assertThat(seconds).isNotEmpty(); // though the flood itself is shorter
            assertThat(seconds.stream().mapToLong(ProbeProgress::sent).sum())
                    .isBetween(1L, result.sent().messages());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void theTimeOfAFloodIsWithoutTheWaitForAServerThatIsGone(ProtocolMode mode) throws Exception {
        var plan = new FloodPlan(Channel.RELIABLE, 64, Duration.ofHours(1), Duration.ofHours(1)); // one message
        try (RunningServer server = MessageServer.builder(EchoServer.types()).start(LOOPBACK);
                UdpRelay relay =
                        UdpRelay.open(server.localAddress(), Impairment.NONE, Impairment.NONE, System::nanoTime)) {
            FloodResult result = new Flood(relay.address(), plan, speaking(mode), _ -> interrupt(relay)).run();

            assertThat(result.brokenOff()).contains("timed out");
            assertThat(result.sent().messages()).isEqualTo(1);
            assertThat(result.sent().length()).isLessThan(TIMEOUT);
        }
    }

    @Test
    void anAnswerThatTheClientCannotTakeIsNoErrorOfTheServer() throws Exception {
        BlockingQueue<String> errors = new LinkedBlockingQueue<>();
        try (EchoServer server = EchoServer.start(LOOPBACK, EndpointOptions.DEFAULT, EchoServer.LIMITS, errors::add)) {
            var small = new ProtocolOptions(
                    ProtocolMode.EXTENDED, 1, 4 << 20, true, true, ProtocolOptions.DEFAULT.protection());
            EndpointOptions options = EndpointOptions.DEFAULT.withProtocol(small);
            try (var connection = new ProbeConnection(server.localAddress(), options, _ -> {})) {
                assertThat(connection.open()).isTrue();
                assertThat(connection.send(ProbeMessages.ping(64), Channel.RELIABLE))
                        .isTrue();
                assertThat(connection.requestStats(1)).isTrue();
                while (!connection.isDrained()) {
                    connection.turn(1_000_000);
                }
            }
            assertThat(server.counts()).isEqualTo(new EchoServer.Counts(1, 1, 0, 0));
            assertThat(errors).isEmpty();
        }
    }

    /// Lets nothing through any more.
    private static void interrupt(UdpRelay relay) {
        relay.close();
    }
}
