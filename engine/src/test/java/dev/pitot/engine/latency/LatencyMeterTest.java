package dev.pitot.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.interval.FakeStream;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyMeterTest {
    private static final long UNKNOWN_MIN_RTT = 0xFFFF_FFFFL;

    private final LatencyMeter meter = new LatencyMeter();
    private final StubConnection control = new StubConnection();
    private final StubConnection data = new StubConnection();

    private OpenStream stream(int id, StreamRole role) {
        var info = new StreamInfo(id, id + 4, role, new Endpoint("local", 1), new Endpoint("remote", 2));
        return new OpenStream(info, data, new FakeStream(), null);
    }

    private static TestConfig test(Protocol protocol) {
        return TestConfig.builder().protocol(protocol).build();
    }

    private static Map<TcpField, Long> kernel(long rtt, long minRtt) {
        return Map.of(TcpField.RTT, rtt, TcpField.MIN_RTT, minRtt, TcpField.SEGS_IN, 10L);
    }

    private DirectionLatency only() {
        return Objects.requireNonNull(meter.latency()).directions().getFirst();
    }

    @Test
    void aConnectIsTimedByTheKernelWhereItDoes() {
        control.tell(kernel(400, 400));
        meter.onConnected(control, TimeUnit.MILLISECONDS.toNanos(30)); // of which the JVM took the most
        meter.onConnected(data, 700_000); // a portable socket
        meter.onConnected(data, TimeUnit.SECONDS.toNanos(1)); // with a SYN that was sent again, probably
        control.tell(Map.of(TcpField.RTT, 0L));
        meter.onConnected(control, 900_000); // with a SYN that was sent again, by the kernel

        assertThat(meter.latency().idle())
                .containsExactly(new RoundTripStatistics(LatencyMethod.CONNECT, 2, 400, 550, Percentiles.NONE, 700));
    }

    @Test
    void aUdpHandshakeThatWasRepeatedIsNoSample() {
        meter.onUdpConnected(0);
        assertThat(meter.latency().idle()).isEmpty();

        meter.onUdpConnected(1_000_000);
        assertThat(meter.latency().idle()).singleElement().satisfies(statistics -> {
            assertThat(statistics.method()).isEqualTo(LatencyMethod.UDP_CONNECT);
            assertThat(statistics.minMicros()).isEqualTo(1_000);
        });
    }

    @Test
    void theFloorIsTheLowestRoundTripOfAllConnections() {
        control.tell(kernel(900, 350));
        data.tell(kernel(800, 420));
        meter.onConnected(control, 1);

        meter.prepare(test(Protocol.TCP), control, List.of(stream(1, StreamRole.SENDER)));

        Latency latency = meter.latency();
        assertThat(latency.floor())
                .isEqualTo(new RoundTripStatistics(LatencyMethod.KERNEL_MINIMUM, 2, 350, 385, Percentiles.NONE, 420));
    }

    @Test
    void aConnectionWithoutARoundTripHasNoFloor() {
        control.tell(kernel(0, UNKNOWN_MIN_RTT));

        meter.prepare(test(Protocol.TCP), control, List.of());

        assertThat(meter.latency().idle()).isEmpty();
    }

    @Test
    void aReceiverSaysWhySomethingIsMissing() {
        data.tell(kernel(800, 420));
        meter.prepare(test(Protocol.TCP), control, List.of(stream(1, StreamRole.RECEIVER)));

        assertThat(only())
                .isEqualTo(new DirectionLatency(
                        StreamRole.RECEIVER, List.of(), "only the sending end sees the round trips"));
    }

    @Test
    void datagramsHaveNoRoundTrips() {
        meter.prepare(test(Protocol.UDP), control, List.of(stream(1, StreamRole.SENDER)));

        assertThat(only().unavailable()).isEqualTo("nothing acknowledges UDP datagrams");
    }

    @Test
    void portableSocketsHaveNoRoundTripsUnderLoad() {
        meter.prepare(test(Protocol.TCP), control, List.of(stream(1, StreamRole.SENDER)));

        assertThat(only().unavailable()).isEqualTo("only TCP sockets of Linux report round trips");
    }

    @Test
    void aShortLoadSaysHowMuchWasMissing() {
        data.tell(kernel(800, 420));
        meter.prepare(test(Protocol.TCP), control, List.of(stream(1, StreamRole.SENDER)));

        assertThat(only().unavailable())
                .isEqualTo("the load was too short or too slow, 0 samples of the 5 that a median needs");
    }

    @Test
    void bothDirectionsAreReportedInTheirOrder() {
        data.tell(kernel(800, 420));
        meter.prepare(
                test(Protocol.TCP), control, List.of(stream(1, StreamRole.SENDER), stream(3, StreamRole.RECEIVER)));

        assertThat(meter.latency().directions())
                .extracting(DirectionLatency::role)
                .containsExactly(StreamRole.SENDER, StreamRole.RECEIVER);
    }

    @Test
    void whatOthersMeasureTakesItsPlace() {
        meter.prepare(test(Protocol.UDP), control, List.of(stream(1, StreamRole.RECEIVER)));
        var idle = new RoundTripStatistics(LatencyMethod.UDP_ECHO, 200, 300, 310, Percentiles.NONE, 400);
        var loaded = new RoundTripStatistics(
                LatencyMethod.UDP_ECHO, 900, 300, 5_000, new Percentiles(5_000.0, 9_300.0, null), 9_900);

        meter.addIdle(idle);
        meter.addLoaded(StreamRole.RECEIVER, loaded);

        assertThat(meter.latency())
                .isEqualTo(new Latency(
                        List.of(idle), List.of(new DirectionLatency(StreamRole.RECEIVER, List.of(loaded), null))));
    }

    @Test
    void theFirstTwoSecondsAreCutOfALongTestAndAFifthOfAShortOne() {
        assertThat(cut(Duration.ZERO, new Limit.ForDuration(Duration.ofSeconds(10))))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(cut(Duration.ZERO, new Limit.ForDuration(Duration.ofHours(1))))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(cut(Duration.ZERO, new Limit.ForDuration(Duration.ofSeconds(1))))
                .isEqualTo(Duration.ofMillis(200));
        assertThat(cut(Duration.ZERO, new Limit.ForBytes(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(cut(Duration.ofSeconds(1), new Limit.ForDuration(Duration.ofSeconds(10))))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(cut(Duration.ofSeconds(3), new Limit.ForDuration(Duration.ofSeconds(10))))
                .isEqualTo(Duration.ofSeconds(3));
    }

    private static Duration cut(Duration omit, Limit limit) {
        TestConfig config = TestConfig.builder().omit(omit).limit(limit).build();
        return Duration.ofNanos(LatencyMeter.cutNanos(config));
    }
}
