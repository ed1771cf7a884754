package dev.pitot.engine.interval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntervalMeterTest {
    private static final long SECOND = 1_000_000_000;
    /// The clock overflows during every test here, as a real one may at any moment.
    private static final long START = Long.valueOf(Long.MAX_VALUE) - 3 * SECOND / 2;
    private static final ReportInterval EACH_SECOND = ReportInterval.DEFAULT;

    private final StubConnection connection = new StubConnection();
    private final OpenStream sender = sender(1);

    private OpenStream sender(int id) {
        return new OpenStream(info(id, StreamRole.SENDER), connection, new FakeStream(), null);
    }

    private OpenStream receiver(int id) {
        return new OpenStream(info(id, StreamRole.RECEIVER), connection, new FakeStream(), null);
    }

    private static FakeStream fake(OpenStream open) {
        return (FakeStream) open.stream();
    }

    private static StreamInfo info(int id, StreamRole role) {
        return new StreamInfo(id, id + 4, role, new Endpoint("local", 1), new Endpoint("remote", 2));
    }

    private static IntervalMeter started(IntervalMeter meter) {
        meter.start(START);
        return meter;
    }

    private static IntervalMeter meter(OpenStream... streams) {
        return started(new IntervalMeter(List.of(streams), Protocol.TCP, EACH_SECOND, 0, Long.MAX_VALUE));
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static Interval.OfStream only(@Nullable Interval interval) {
        assertThat(present(interval).streams()).hasSize(1);
        return present(interval).streams().getFirst();
    }

    @Test
    void anIntervalIsTotalsNowLessTotalsThen() {
        IntervalMeter meter = meter(sender);

        fake(sender).move(1_000);
        assertThat(meter.lookIfDue(START + SECOND - 1)).isNull();
        Interval first = meter.lookIfDue(START + SECOND);
        fake(sender).move(500);
        Interval second = meter.lookIfDue(START + 2 * SECOND + 7);

        assertThat(only(first).bytes()).isEqualTo(1_000);
        assertThat(only(first).span()).isEqualTo(new Span(0, SECOND));
        assertThat(only(second).bytes()).isEqualTo(500);
        assertThat(only(second).span()).isEqualTo(new Span(SECOND, 2 * SECOND + 7));
    }

    @Test
    void ticksStayOnTheGridWhenALookIsLate() {
        IntervalMeter meter = meter(sender);

        meter.lookIfDue(START + SECOND + SECOND / 4);

        assertThat(meter.nanosUntilDue(START + SECOND + SECOND / 4)).isEqualTo(3 * SECOND / 4);
    }

    @Test
    void aLookThatIsVeryLateEndsOneLongInterval() {
        IntervalMeter meter = meter(sender);

        Interval interval = meter.lookIfDue(START + 3 * SECOND + SECOND / 2);

        assertThat(only(interval).span()).isEqualTo(new Span(0, 3 * SECOND + SECOND / 2));
        assertThat(meter.lookIfDue(START + 3 * SECOND + SECOND / 2)).isNull();
    }

    @Test
    void leavesTheIntervalThatEndsWithTheTestToTheEnd() {
        var meter = started(new IntervalMeter(List.of(sender), Protocol.TCP, EACH_SECOND, 0, 2 * SECOND));

        meter.lookIfDue(START + SECOND);

        assertThat(meter.lookIfDue(START + 2 * SECOND)).isNull();
        assertThat(meter.isOver(START + 2 * SECOND)).isTrue();
        assertThat(only(meter.finish(START + 2 * SECOND + 5)).span()).isEqualTo(new Span(SECOND, 2 * SECOND + 5));
    }

    @Test
    void warmUpIsToldAsOmittedAndCountsInNoTotal() {
        connection.tell(5, 1_000, 100);
        var meter = started(new IntervalMeter(List.of(sender), Protocol.TCP, EACH_SECOND, SECOND, 2 * SECOND));

        fake(sender).move(1_000);
        connection.tell(8, 2_000, 200);
        Interval warmUp = meter.lookIfDue(START + SECOND);
        fake(sender).move(300);
        connection.tell(9, 3_000, 300);
        Interval counted = meter.lookIfDue(START + 2 * SECOND);
        meter.finish(START + 3 * SECOND);

        assertThat(warmUp).isNotNull().matches(Interval::omitted);
        assertThat(present(only(warmUp).tcp()).retransmits()).isEqualTo(3);
        assertThat(counted).isNotNull().matches(interval -> !interval.omitted());
        assertThat(only(counted).span()).isEqualTo(new Span(0, SECOND));
        assertThat(meter.totals())
                .singleElement()
                .extracting(Summary.OfStream::sent)
                .isEqualTo(new Total(300, 2 * SECOND, 1L));
    }

    @Test
    void aShortRestWithoutDataIsNoInterval() {
        IntervalMeter meter = meter(sender);
        fake(sender).move(10);
        meter.lookIfDue(START + SECOND);

        assertThat(meter.finish(START + SECOND + SECOND / 20)).isNull();
    }

    @Test
    void aShortRestWithDataIsAnInterval() {
        IntervalMeter meter = meter(sender);
        meter.lookIfDue(START + SECOND);
        fake(sender).move(10);

        assertThat(only(meter.finish(START + SECOND + 1)).bytes()).isEqualTo(10);
    }

    @Test
    void reportsOnceAtTheEndWithoutAnInterval() {
        var meter = started(
                new IntervalMeter(List.of(sender), Protocol.TCP, new ReportInterval(Duration.ZERO), 0, Long.MAX_VALUE));

        fake(sender).move(10);

        assertThat(meter.nanosUntilDue(START)).isEqualTo(Long.MAX_VALUE);
        assertThat(meter.lookIfDue(START + 100 * SECOND)).isNull();
        assertThat(only(meter.finish(START + 100 * SECOND)).span()).isEqualTo(Span.until(100 * SECOND));
    }

    @Test
    void sumsEachDirectionByItself() {
        OpenStream other = sender(3);
        OpenStream receiver = receiver(4);
        IntervalMeter meter = meter(sender, other, receiver);

        fake(sender).move(1);
        fake(other).move(2);
        fake(receiver).move(4);
        Interval interval = meter.lookIfDue(START + SECOND);

        assertThat(present(interval).sums())
                .containsExactly(
                        new Interval.Sum(StreamRole.SENDER, Span.until(SECOND), 3, null, null),
                        new Interval.Sum(StreamRole.RECEIVER, Span.until(SECOND), 4, null, null));
    }

    @Test
    void knowsNoRetransmitsWhereTheKernelDoesNotTell() {
        IntervalMeter meter = meter(sender);

        Interval interval = meter.lookIfDue(START + SECOND);

        assertThat(only(interval).tcp()).isNull();
        assertThat(present(interval).sums().getFirst().retransmits()).isNull();
        assertThat(meter.totals().getFirst().tcp()).isNull();
    }

    @Test
    void keepsExtremesOfItsSamplesAndIgnoresRoundTripsOfZero() {
        connection.tell(0, 100, 0);
        IntervalMeter meter = meter(sender);

        meter.lookIfDue(START + SECOND);
        connection.tell(0, 900, 30);
        meter.lookIfDue(START + 2 * SECOND);
        connection.tell(0, 500, 60);
        meter.finish(START + 3 * SECOND);

        Summary.TcpExtremes extremes = present(meter.totals().getFirst().tcp());
        assertThat(extremes.maxCongestionBytes()).isEqualTo(900);
        assertThat(extremes.roundTrip()).isEqualTo(new Summary.RoundTrips(60, 30, 30));
    }

    private IntervalMeter datagramMeter(long omitNanos, OpenStream... streams) {
        return started(new IntervalMeter(List.of(streams), Protocol.UDP, EACH_SECOND, omitNanos, Long.MAX_VALUE));
    }

    private static Datagrams.Reception reception(@Nullable Datagrams datagrams) {
        return present(present(datagrams).reception());
    }

    @Test
    void aSenderOfDatagramsKnowsNothingOfTheirArrival() {
        IntervalMeter meter = datagramMeter(0, sender);

        fake(sender).read(new CounterSnapshot(1_000, 10, 0, 0, 0, 0));

        assertThat(only(meter.lookIfDue(START + SECOND)).datagrams()).isEqualTo(new Datagrams(10, null));
    }

    @Test
    void datagramsThatComeLateMakeNoIntervalNegativeAndCorrectTheTotal() {
        OpenStream receiver = receiver(1);
        IntervalMeter meter = datagramMeter(0, receiver);

        fake(receiver).read(new CounterSnapshot(700, 10, 3, 0, 0, 0.001));
        Interval first = meter.lookIfDue(START + SECOND);
        fake(receiver).read(new CounterSnapshot(900, 10, 1, 2, 0, 0.002));
        Interval second = meter.lookIfDue(START + 2 * SECOND);

        assertThat(reception(only(first).datagrams()).lost()).isEqualTo(3);
        assertThat(reception(only(second).datagrams())).isEqualTo(new Datagrams.Reception(0L, 2, 0, 0.002));
        meter.finish(START + 3 * SECOND);
        Total total = present(meter.totals().getFirst().received());
        assertThat(total.datagrams()).isEqualTo(new Datagrams(10, new Datagrams.Reception(1L, 2, 0, 0.002)));
    }

    @Test
    void datagramsOfTheWarmUpCountInNoTotalButAreToldToTheOtherEnd() {
        OpenStream receiver = receiver(1);
        IntervalMeter meter = datagramMeter(SECOND, receiver);

        fake(receiver).read(new CounterSnapshot(700, 10, 3, 1, 1, 0.001));
        meter.lookIfDue(START + SECOND);
        fake(receiver).read(new CounterSnapshot(1_700, 21, 4, 1, 2, 0.002));
        meter.finish(START + 2 * SECOND);

        assertThat(present(meter.totals().getFirst().received()).datagrams())
                .isEqualTo(new Datagrams(11, new Datagrams.Reception(1L, 0, 1, 0.002)));
        assertThat(meter.readings().getFirst().all().lost()).isEqualTo(4);
        assertThat(meter.readings().getFirst().omitted().packets()).isEqualTo(10);
        assertThat(fake(receiver).restarts()).isEqualTo(1);
    }

    @Test
    void sumsDatagramsAndAveragesJitter() {
        OpenStream one = receiver(1);
        OpenStream other = receiver(3);
        IntervalMeter meter = datagramMeter(0, one, other);

        fake(one).read(new CounterSnapshot(700, 10, 3, 1, 2, 0.001));
        fake(other).read(new CounterSnapshot(700, 20, 4, 5, 6, 0.003));
        Interval interval = present(meter.lookIfDue(START + SECOND));

        assertThat(interval.sums().getFirst().datagrams())
                .isEqualTo(new Datagrams(30, new Datagrams.Reception(7L, 6, 8, 0.002)));
    }
}
