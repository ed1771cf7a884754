package dev.pitot.model.sample;

import static dev.pitot.model.sample.Samples.millis;
import static dev.pitot.model.sample.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.time.Span;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final Span FIRST = millis(0, 1_000);
    private static final Span SECOND = millis(1_000, 2_003);

    private final Sampler sampler = new Sampler();

    @Test
    void onlyIntervalsBringSamples() {
        begin(TestRole.CLIENT, Protocol.TCP);

        assertThat(sampler.on(new TestEvent.Note(TestEvent.Level.WARNING, "w"))).isEmpty();
        assertThat(sampler.on(new TestEvent.SummaryReady(TestReport.EMPTY))).isEmpty();
        assertThat(sampler.on(new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Completed()))))
                .isEmpty();
    }

    @Test
    void aSampleSaysWhatWasMeasuredAndWhen() {
        begin(TestRole.SERVER, Protocol.UDP);

        Sample sample = only(interval(List.of(part(1, SECOND, 500, null)), SECOND, 500, false));

        assertThat(sample.context()).isEqualTo(new Sample.Context(TestRole.SERVER, StreamRole.SENDER, Protocol.UDP));
        assertThat(sample.time()).isEqualTo(Samples.START.plusMillis(2_003));
        assertThat(sample.omitted()).isFalse();
        assertThat(sample.streams()).singleElement().satisfies(one -> {
            assertThat(one.stream().id()).isEqualTo(1);
            assertThat(one.metrics()).isEqualTo(Samples.bytes(SECOND, 500));
        });
    }

    @Test
    void whatWasNotMeasuredIsAbsent() {
        begin(TestRole.CLIENT, Protocol.TCP);

        IntervalMetrics total = only(interval(List.of(part(1, FIRST, 500, null)), FIRST, 500, false))
                .total();

        assertThat(total).isEqualTo(new IntervalMetrics(FIRST, 500, null, null, null, null));
    }

    @Test
    void afterWarmUpTimeGoesOnWhereSpansBeginAnew() {
        begin(TestRole.CLIENT, Protocol.TCP);

        Sample warm = only(interval(List.of(part(1, FIRST, 1, null)), FIRST, 1, true));
        Sample warmer = only(interval(List.of(part(1, SECOND, 1, null)), SECOND, 1, true));
        Sample counted = only(interval(List.of(part(1, FIRST, 1, null)), FIRST, 1, false));
        Sample next = only(interval(List.of(part(1, SECOND, 1, null)), SECOND, 1, false));

        assertThat(warm.omitted()).isTrue();
        assertThat(warm.time()).isEqualTo(Samples.START.plusMillis(1_000));
        assertThat(warmer.time()).isEqualTo(Samples.START.plusMillis(2_003));
        assertThat(counted.omitted()).isFalse();
        assertThat(counted.time()).isEqualTo(Samples.START.plusMillis(3_003));
        assertThat(next.time()).isEqualTo(Samples.START.plusMillis(4_006));
    }

    @Test
    void reorderingIsTheDifferenceOfEachStream() {
        begin(TestRole.CLIENT, Protocol.TCP);

        Sample first = only(interval(List.of(tcp(1, FIRST, 3), tcp(3, FIRST, 10)), FIRST, 2, false));
        Sample second = only(interval(List.of(tcp(1, SECOND, 3), tcp(3, SECOND, 14)), SECOND, 2, false));

        assertThat(reorderings(first)).containsExactly(3L, 10L);
        assertThat(reorderings(second)).containsExactly(0L, 4L);
        assertThat(tcp(first).reorderings()).isEqualTo(13);
        assertThat(tcp(second).reorderings()).isEqualTo(4);
    }

    @Test
    void reorderingDuringWarmUpIsNotCountedAfterIt() {
        begin(TestRole.CLIENT, Protocol.TCP);

        only(interval(List.of(tcp(1, FIRST, 7)), FIRST, 1, true));
        Sample counted = only(interval(List.of(tcp(1, FIRST, 8)), FIRST, 1, false));

        assertThat(tcp(counted).reorderings()).isEqualTo(1);
    }

    @Test
    void reorderingIsNeverBelowZero() {
        begin(TestRole.CLIENT, Protocol.TCP);

        only(interval(List.of(tcp(1, FIRST, 7)), FIRST, 1, false));
        Sample next = only(interval(List.of(tcp(1, SECOND, 5)), SECOND, 1, false));

        assertThat(tcp(next).reorderings()).isZero();
    }

    @Test
    void statesOfStreamsAreTheMeanOfThoseThatKnowThem() {
        begin(TestRole.CLIENT, Protocol.TCP);
        var parts = List.of(
                part(1, FIRST, 1, tcpSample(2, 10_000, 0, 0)),
                part(3, FIRST, 1, tcpSample(5, 30_000, 64_000, 0)),
                part(5, FIRST, 1, tcpSample(0, 0, 32_000, 0)));

        Sample sample = only(interval(parts, FIRST, 3, false));

        TcpMetrics together = tcp(sample);
        assertThat(together.retransmits()).isEqualTo(7);
        assertThat(together.congestionBytes()).isEqualTo(20_000);
        assertThat(together.peerBytes()).isEqualTo(48_000);
        assertThat(together.roundTrip().smoothedSeconds()).isCloseTo(0.000_2, within(1e-12));
        assertThat(together.roundTrip().varianceSeconds()).isCloseTo(0.000_05, within(1e-12));
        assertThat(together.pathMtuBytes()).isEqualTo(1_500);
        assertThat(Objects.requireNonNull(sample.streams().getFirst().metrics().tcp())
                        .peerBytes())
                .isNull();
    }

    @Test
    void datagramsAreTheEnginesOwn() {
        begin(TestRole.CLIENT, Protocol.UDP);
        var datagrams = new Datagrams(10, new Datagrams.Reception(1L, 2, 3, 0.5));
        var part = new Interval.OfStream(stream(1, StreamRole.SENDER), FIRST, 1, null, datagrams, null);
        var sum = new Interval.Sum(StreamRole.SENDER, FIRST, 1, null, datagrams);

        Sample sample = only(new Interval(List.of(part), List.of(sum), false));

        assertThat(sample.total().datagrams()).isEqualTo(datagrams);
        assertThat(sample.streams().getFirst().metrics().datagrams()).isEqualTo(datagrams);
    }

    @Test
    void eachDirectionHasItsOwnSampleWithItsOwnStreams() {
        begin(TestRole.CLIENT, Protocol.TCP);
        var sending = new Interval.OfStream(stream(1, StreamRole.SENDER), FIRST, 10, tcpSample(1, 1, 1, 2), null, null);
        var receiving = new Interval.OfStream(stream(3, StreamRole.RECEIVER), FIRST, 20, null, null, null);
        var interval = new Interval(
                List.of(sending, receiving),
                List.of(
                        new Interval.Sum(StreamRole.SENDER, FIRST, 10, 1L, null),
                        new Interval.Sum(StreamRole.RECEIVER, FIRST, 20, null, null)),
                false);

        List<Sample> samples = sampler.on(new TestEvent.IntervalDone(interval));

        assertThat(samples)
                .extracting(sample -> sample.context().direction())
                .containsExactly(StreamRole.SENDER, StreamRole.RECEIVER);
        assertThat(samples).extracting(sample -> sample.total().bytes()).containsExactly(10L, 20L);
        assertThat(samples).allSatisfy(sample -> assertThat(sample.streams()).hasSize(1));
        assertThat(samples.getFirst().total().retransmits()).isEqualTo(1);
        assertThat(samples.getLast().total().tcp()).isNull();
    }

    private void begin(TestRole role, Protocol protocol) {
        var setup = new TestStart.Setup(TestConfig.builder().protocol(protocol).build(), ReportInterval.DEFAULT);
        var start = new TestStart(role, new Endpoint("peer", 5201), "cookie", Samples.START, 0, setup);
        assertThat(sampler.on(new TestEvent.ParametersAgreed(start))).isEmpty();
        assertThat(sampler.on(new TestEvent.Started(Samples.START))).isEmpty();
    }

    private Sample only(Interval interval) {
        List<Sample> samples = sampler.on(new TestEvent.IntervalDone(interval));
        assertThat(samples).hasSize(1);
        return samples.getFirst();
    }

    private static Interval interval(List<Interval.OfStream> parts, Span span, long bytes, boolean omitted) {
        return new Interval(parts, List.of(new Interval.Sum(StreamRole.SENDER, span, bytes, null, null)), omitted);
    }

    private static Interval.OfStream part(int id, Span span, long bytes, @Nullable TcpSample tcp) {
        return new Interval.OfStream(stream(id, StreamRole.SENDER), span, bytes, tcp, null, null);
    }

    private static Interval.OfStream tcp(int id, Span span, long reorderSeen) {
        return part(id, span, 1, tcpSample(0, 1, 1, reorderSeen));
    }

    private static TcpSample tcpSample(long retransmits, long congestion, long peer, long reorderSeen) {
        return new TcpSample(
                retransmits,
                new TcpSample.SendWindow(congestion, peer),
                new TcpSample.RoundTrip(200, 50),
                1_500,
                reorderSeen);
    }

    private static TcpMetrics tcp(Sample sample) {
        return Objects.requireNonNull(sample.total().tcp());
    }

    private static List<Long> reorderings(Sample sample) {
        return sample.streams().stream()
                .map(one -> Objects.requireNonNull(one.metrics().tcp()).reorderings())
                .toList();
    }
}
