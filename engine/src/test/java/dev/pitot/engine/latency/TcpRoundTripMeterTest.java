package dev.pitot.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.interval.FakeStream;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TcpRoundTripMeterTest {
    private static final Duration CUT = Duration.ofSeconds(2);
    private static final Duration PERIOD = Duration.ofMillis(25);
    private static final long FLOOR_MICROS = 70;

    private final ManualClock clock = new ManualClock();
    private final KernelFloor floor = new KernelFloor();
    private final List<StubConnection> connections = new ArrayList<>();
    private final List<OpenStream> streams = new ArrayList<>();
    private long segments;

    private StubConnection add(StreamRole role) {
        var connection = new StubConnection();
        int id = streams.size() + 1;
        var info = new StreamInfo(id, id + 4, role, new Endpoint("local", 1), new Endpoint("remote", 2));
        connections.add(connection);
        streams.add(new OpenStream(info, connection, new FakeStream(), null));
        tell(connection, 100, 0);
        return connection;
    }

    private static void tell(StubConnection connection, long micros, long segments) {
        connection.tell(Map.of(
                TcpField.RTT, micros,
                TcpField.MIN_RTT, FLOOR_MICROS,
                TcpField.SEGS_IN, segments));
    }

    /// All streams receive acknowledgements.
    private void receive(long more, long micros) {
        segments += more;
        connections.forEach(connection -> tell(connection, micros, segments));
    }

    private TcpRoundTripMeter started() {
        var meter = new TcpRoundTripMeter(streams, CUT.toNanos(), floor);
        meter.start(clock.nanoTime());
        return meter;
    }

    private void advance(TcpRoundTripMeter meter, Duration by) {
        clock.advance(by);
        meter.lookIfDue(clock.nanoTime());
    }

    private static RoundTripStatistics statistics(TcpRoundTripMeter meter) {
        return Objects.requireNonNull(meter.statistics());
    }

    @Test
    void theBeginningOfTheLoadIsLeftOut() {
        add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();

        for (int i = 0; i < 79; i++) { // until 1.975 s
            receive(100, 999_999);
            advance(meter, PERIOD);
        }
        assertThat(meter.samples()).isZero();
        assertThat(meter.nanosUntilDue(clock.nanoTime())).isEqualTo(PERIOD.toNanos());

        receive(100, 999_999);
        advance(meter, PERIOD); // nobody knows how old this value is
        receive(100, 5_000);
        advance(meter, PERIOD);

        assertThat(statistics(meter).samples()).isEqualTo(1);
        assertThat(statistics(meter).maxMicros()).isEqualTo(5_000);
    }

    @Test
    void aValueThatTooFewAcknowledgementsHaveEnteredIsStale() {
        add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();
        receive(100, 1_000);
        advance(meter, CUT);

        advance(meter, PERIOD);
        receive(TcpRoundTripMeter.MIN_SEGMENTS - 1, 2_000);
        advance(meter, PERIOD);
        assertThat(meter.statistics()).isNull();
        receive(1, 3_000);
        advance(meter, PERIOD);
        advance(meter, PERIOD.multipliedBy(400)); // the stream has ended

        assertThat(statistics(meter).samples()).isEqualTo(1);
        assertThat(statistics(meter).minMicros()).isEqualTo(3_000);
        assertThat(statistics(meter).maxMicros()).isEqualTo(3_000);
    }

    @Test
    void theKernelsCounterMayOverflow() {
        add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();
        receive(0xFFFF_FFFFL, 1_000);
        advance(meter, CUT);

        segments = 0;
        receive(TcpRoundTripMeter.MIN_SEGMENTS, 1_000);
        advance(meter, PERIOD);

        assertThat(meter.samples()).isEqualTo(1);
    }

    @Test
    void receiversAreNotAsked() {
        add(StreamRole.RECEIVER);
        TcpRoundTripMeter meter = started();

        assertThat(meter.canMeasure()).isFalse();
        assertThat(meter.nanosUntilDue(clock.nanoTime())).isEqualTo(Long.MAX_VALUE);
        receive(100, 1_000);
        advance(meter, CUT);
        receive(100, 1_000);
        advance(meter, PERIOD);
        assertThat(meter.statistics()).isNull();
    }

    @Test
    void aMissedReadingIsNotMadeUpFor() {
        add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();
        receive(100, 1_000);
        advance(meter, CUT);

        receive(100, 1_000);
        advance(meter, PERIOD.multipliedBy(10).plusMillis(5)); // the session's thread had no processor
        meter.lookIfDue(clock.nanoTime());

        assertThat(meter.samples()).isEqualTo(1);
        assertThat(meter.nanosUntilDue(clock.nanoTime()))
                .isEqualTo(PERIOD.minusMillis(5).toNanos());
    }

    @Test
    void manyStreamsAreAskedInTurn() {
        for (int i = 0; i < 128; i++) {
            add(StreamRole.SENDER);
        }
        TcpRoundTripMeter meter = started();
        int rounds = (128 + TcpRoundTripMeter.STREAMS_PER_READING - 1) / TcpRoundTripMeter.STREAMS_PER_READING;
        clock.advance(CUT);

        for (int i = 0; i < rounds; i++) { // each stream once, for the first time
            receive(100, 1_000);
            meter.lookIfDue(clock.nanoTime());
            clock.advance(PERIOD);
        }
        int asked = connections.stream().mapToInt(StubConnection::asked).sum() - 128; // the constructor asks each
        assertThat(asked).isEqualTo(rounds * TcpRoundTripMeter.STREAMS_PER_READING);
        assertThat(connections).allMatch(connection -> connection.asked() >= 2);

        receive(100, 2_000);
        meter.lookIfDue(clock.nanoTime());
        assertThat(statistics(meter).samples()).as("moments, not values").isLessThanOrEqualTo(2);
    }

    @Test
    void streamsThatSeeOneMomentAreOneSample() {
        add(StreamRole.SENDER);
        add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();
        advance(meter, CUT);

        for (int i = 0; i < 200; i++) {
            segments += 100;
            tell(connections.getFirst(), 10_000, segments);
            tell(connections.getLast(), 30_000, segments);
            advance(meter, PERIOD);
        }

        RoundTripStatistics statistics = statistics(meter);
        assertThat(statistics.samples()).isEqualTo(200);
        assertThat(statistics.meanMicros()).isEqualTo(20_000);
        assertThat(statistics.minMicros()).isEqualTo(10_000);
        assertThat(Objects.requireNonNull(statistics.percentiles().p95())).isEqualTo(30_000);
    }

    @Test
    void aConnectionThatIsGoneIsNoSample() {
        StubConnection connection = add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();
        receive(100, 1_000);
        advance(meter, CUT);

        connection.lose();
        advance(meter, PERIOD);

        assertThat(meter.samples()).isZero();
    }

    @Test
    void theLowestRoundTripOutlivesTheKernelsWindow() {
        StubConnection connection = add(StreamRole.SENDER);
        TcpRoundTripMeter meter = started();
        advance(meter, CUT);

        connection.tell(Map.of(TcpField.RTT, 90_000L, TcpField.MIN_RTT, 80_000L, TcpField.SEGS_IN, 100L));
        advance(meter, PERIOD);

        assertThat(Objects.requireNonNull(floor.statistics()).minMicros()).isEqualTo(FLOOR_MICROS);
    }

    @Test
    void aKernelThatDoesNotCountSegmentsIsNotAsked() {
        add(StreamRole.SENDER).tell(Map.of(TcpField.RTT, 1L));

        assertThat(started().canMeasure()).isFalse();
    }
}
