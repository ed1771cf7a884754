package dev.pitot.model.sample;

import static dev.pitot.model.sample.Samples.millis;
import static dev.pitot.model.sample.Samples.omitted;
import static dev.pitot.model.sample.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.time.Span;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final TcpMetrics SLOW =
            new TcpMetrics(2, 1, new TcpMetrics.RoundTrip(0.010, 0.002), 10_000.0, null, 1_500);
    private static final TcpMetrics FAST =
            new TcpMetrics(3, 0, new TcpMetrics.RoundTrip(0.002, 0.004), 30_000.0, null, 1_400);

    @Test
    void ofNothingThereIsNoWindow() {
        assertThat(Window.of(List.of())).isNull();
        assertThat(Window.of(List.of(omitted(0, 1_000, 5)))).isNull();
    }

    @Test
    void theMeanRateIsAllBytesByAllTime() {
        Window window = window(sample(0, 1_000, 100), sample(1_000, 4_000, 900));

        Distribution rate = Objects.requireNonNull(window.distributions().bitsPerSecond());
        assertThat(window.extent()).isEqualTo(new Window.Extent(millis(0, 4_000), 4, 1_000, 2, 0));
        assertThat(rate.samples()).isEqualTo(2);
        assertThat(rate.mean()).isEqualTo(2_000);
        assertThat(rate.min()).isEqualTo(800);
        assertThat(rate.max()).isEqualTo(2_400);
    }

    @Test
    void warmUpIsCountedAndLeftOut() {
        Window window = window(omitted(0, 1_000, 1_000_000), omitted(1_000, 2_000, 7), sample(0, 1_000, 100));

        assertThat(window.extent()).isEqualTo(new Window.Extent(millis(0, 1_000), 1, 100, 1, 2));
        assertThat(Objects.requireNonNull(window.distributions().bitsPerSecond())
                        .mean())
                .isEqualTo(800);
    }

    @Test
    void aMomentHasNoRate() {
        Window window = window(sample(0, 1_000, 100), sample(1_000, 1_000, 50));

        Distribution rate = Objects.requireNonNull(window.distributions().bitsPerSecond());
        assertThat(window.extent().bytes()).isEqualTo(150);
        assertThat(window.extent().samples()).isEqualTo(2);
        assertThat(rate).isEqualTo(new Distribution(1, 800, 800, 800, new Distribution.Spread(0, 800, 800, 800)));
        assertThat(window(sample(0, 0, 50)).distributions().bitsPerSecond()).isNull();
    }

    @Test
    void secondsAreThoseOfTheSamplesAndTheSpanIsFromEndToEnd() {
        Window window = window(sample(0, 1_000, 1), sample(3_000, 4_000, 1));

        assertThat(window.extent().seconds()).isEqualTo(2);
        assertThat(window.extent().span()).isEqualTo(millis(0, 4_000));
    }

    @Test
    void statesOfTcpAreSpreadAndEventsSummed() {
        Window window = window(tcp(0, SLOW), tcp(1, FAST));

        assertThat(window.distributions().tcp())
                .isEqualTo(new Window.TcpDistributions(
                        distribution(0.002, 0.010),
                        distribution(0.002, 0.004),
                        distribution(10_000, 30_000),
                        null,
                        distribution(1_400, 1_500)));
        assertThat(window.distributions().jitterSeconds()).isNull();
        assertThat(window.counters()).isEqualTo(new Window.Counters(5L, 1L, null, null, null, null));
    }

    @Test
    void whatNoSampleKnewIsAbsent() {
        Window window = window(sample(0, 1_000, 100));

        assertThat(window.distributions().tcp()).isEqualTo(new Window.TcpDistributions(null, null, null, null, null));
        assertThat(window.counters()).isEqualTo(new Window.Counters(null, null, null, null, null, null));
    }

    @Test
    void aUdpSenderKnowsItsPacketsAndNoLoss() {
        Window window = window(udp(0, 10, null), udp(1, 20, null));

        assertThat(window.counters()).isEqualTo(new Window.Counters(null, null, 30L, null, null, null));
        assertThat(window.distributions().jitterSeconds()).isNull();
    }

    @Test
    void aUdpReceiverKnowsAll() {
        Window window = window(
                udp(0, 10, new Datagrams.Reception(0L, 0, 0, 0.25)),
                udp(1, 20, new Datagrams.Reception(3L, 2, 1, 0.75)));

        assertThat(window.counters()).isEqualTo(new Window.Counters(null, null, 30L, 3L, 2L, 1L));
        assertThat(window.distributions().jitterSeconds()).isEqualTo(distribution(0.25, 0.75));
    }

    @Test
    void aLossThatNobodyCanTellStaysAbsentBesideWhatIsKnown() {
        Window window = window(udp(0, 10, new Datagrams.Reception(null, 1, 0, 0.5)));

        assertThat(window.counters()).isEqualTo(new Window.Counters(null, null, 10L, null, 1L, 0L));
    }

    @Test
    void isOfTheLastSamplesTimeAndTheirContext() {
        Window window = window(
                Samples.sample(Samples.RECEIVING, Samples.bytes(millis(0, 500), 1), 3, false),
                Samples.sample(Samples.RECEIVING, Samples.bytes(millis(500, 1_000), 1), 3, false));

        assertThat(window.time()).isEqualTo(Samples.START.plusSeconds(1));
        assertThat(window.context()).isEqualTo(Samples.RECEIVING);
        assertThat(window.streams()).isEqualTo(3);
    }

    private static Sample tcp(int second, TcpMetrics figures) {
        Span span = millis(second * 1_000L, second * 1_000L + 1_000);
        return Samples.sample(Samples.SENDING, Samples.tcp(span, figures.retransmits(), figures), 1, false);
    }

    private static Sample udp(int second, long packets, Datagrams.@Nullable Reception reception) {
        Span span = millis(second * 1_000L, second * 1_000L + 1_000);
        return Samples.sample(Samples.SENDING, Samples.udp(span, packets, reception), 1, false);
    }

    /// Distribution of two values, the smaller one first.
    private static Distribution distribution(double low, double high) {
        double mean = (low + high) / 2;
        double away = Math.sqrt(((low - mean) * (low - mean) + (high - mean) * (high - mean)) / 2);
        return new Distribution(2, mean, low, high, new Distribution.Spread(away, low, high, high));
    }

    private static Window window(Sample... samples) {
        return Objects.requireNonNull(Window.of(List.of(samples)));
    }
}
