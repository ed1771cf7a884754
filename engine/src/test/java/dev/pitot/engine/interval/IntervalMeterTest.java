package dev.pitot.engine.interval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.stream.Goal;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Quota;
import dev.pitot.engine.stream.TcpReceiver;
import dev.pitot.engine.stream.TcpSender;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.nio.ByteBuffer;
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
        return new OpenStream(
                info(id, StreamRole.SENDER),
                connection,
                new TcpSender(
                        connection,
                        StreamSettings.DEFAULT,
                        new Quota(),
                        () -> START,
                        ByteBuffer.allocateDirect(1),
                        null));
    }

    private OpenStream receiver(int id) {
        var stream = new TcpReceiver(connection, new Goal(() -> {}), ByteBuffer.allocateDirect(1));
        return new OpenStream(info(id, StreamRole.RECEIVER), connection, stream);
    }

    private static StreamInfo info(int id, StreamRole role) {
        return new StreamInfo(id, id + 4, role, new Endpoint("local", 1), new Endpoint("remote", 2));
    }

    private static IntervalMeter started(IntervalMeter meter) {
        meter.start(START);
        return meter;
    }

    private static IntervalMeter meter(OpenStream... streams) {
        return started(new IntervalMeter(List.of(streams), EACH_SECOND, 0, Long.MAX_VALUE));
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

        sender.stream().counters().onBytes(1_000);
        assertThat(meter.lookIfDue(START + SECOND - 1)).isNull();
        Interval first = meter.lookIfDue(START + SECOND);
        sender.stream().counters().onBytes(500);
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
        var meter = started(new IntervalMeter(List.of(sender), EACH_SECOND, 0, 2 * SECOND));

        meter.lookIfDue(START + SECOND);

        assertThat(meter.lookIfDue(START + 2 * SECOND)).isNull();
        assertThat(meter.isOver(START + 2 * SECOND)).isTrue();
        assertThat(only(meter.finish(START + 2 * SECOND + 5)).span()).isEqualTo(new Span(SECOND, 2 * SECOND + 5));
    }

    @Test
    void warmUpIsToldAsOmittedAndCountsInNoTotal() {
        connection.tell(5, 1_000, 100);
        var meter = started(new IntervalMeter(List.of(sender), EACH_SECOND, SECOND, 2 * SECOND));

        sender.stream().counters().onBytes(1_000);
        connection.tell(8, 2_000, 200);
        Interval warmUp = meter.lookIfDue(START + SECOND);
        sender.stream().counters().onBytes(300);
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
        sender.stream().counters().onBytes(10);
        meter.lookIfDue(START + SECOND);

        assertThat(meter.finish(START + SECOND + SECOND / 20)).isNull();
    }

    @Test
    void aShortRestWithDataIsAnInterval() {
        IntervalMeter meter = meter(sender);
        meter.lookIfDue(START + SECOND);
        sender.stream().counters().onBytes(10);

        assertThat(only(meter.finish(START + SECOND + 1)).bytes()).isEqualTo(10);
    }

    @Test
    void reportsOnceAtTheEndWithoutAnInterval() {
        var meter = started(new IntervalMeter(List.of(sender), new ReportInterval(Duration.ZERO), 0, Long.MAX_VALUE));

        sender.stream().counters().onBytes(10);

        assertThat(meter.nanosUntilDue(START)).isEqualTo(Long.MAX_VALUE);
        assertThat(meter.lookIfDue(START + 100 * SECOND)).isNull();
        assertThat(only(meter.finish(START + 100 * SECOND)).span()).isEqualTo(Span.until(100 * SECOND));
    }

    @Test
    void sumsEachDirectionByItself() {
        OpenStream other = sender(3);
        OpenStream receiver = receiver(4);
        IntervalMeter meter = meter(sender, other, receiver);

        sender.stream().counters().onBytes(1);
        other.stream().counters().onBytes(2);
        receiver.stream().counters().onBytes(4);
        Interval interval = meter.lookIfDue(START + SECOND);

        assertThat(present(interval).sums())
                .containsExactly(
                        new Interval.Sum(StreamRole.SENDER, Span.until(SECOND), 3, null),
                        new Interval.Sum(StreamRole.RECEIVER, Span.until(SECOND), 4, null));
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
}
