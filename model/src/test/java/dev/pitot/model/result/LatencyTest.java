package dev.pitot.model.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTest {
    private static RoundTripStatistics idle(LatencyMethod method, double minMicros) {
        return new RoundTripStatistics(method, 2, minMicros, minMicros + 50, Percentiles.NONE, minMicros + 100);
    }

    private static RoundTripStatistics loaded(
            LatencyMethod method, double meanMicros, @Nullable Double p50, @Nullable Double p95) {
        return new RoundTripStatistics(method, 300, 1, meanMicros, new Percentiles(p50, p95, null), 900_000);
    }

    private static DirectionLatency sending(RoundTripStatistics... measured) {
        return DirectionLatency.of(StreamRole.SENDER, List.of(measured), "for a reason");
    }

    private static LatencyRise rise(DirectionLatency direction, RoundTripStatistics... idle) {
        return Objects.requireNonNull(new Latency(List.of(idle), List.of(direction)).rise(direction));
    }

    @ParameterizedTest
    @CsvSource({
        "-300, A+",
        "4999.9, A+",
        "5000, A",
        "29999.9, A",
        "30000, B",
        "59999.9, B",
        "60000, C",
        "199999.9, C",
        "200000, D",
        "399999.9, D",
        "400000, F",
        "60000000, F"
    })
    void aGradeBeginsAtItsThreshold(double riseMicros, String grade) {
        assertThat(Grade.ofRise(riseMicros).text()).isEqualTo(grade);
    }

    @Test
    void fewSamplesCarryNoHighPercentile() {
        assertThat(Percentiles.of(4, percent -> percent)).isEqualTo(Percentiles.NONE);
        assertThat(Percentiles.of(5, percent -> percent)).isEqualTo(new Percentiles(50.0, null, null));
        assertThat(Percentiles.of(199, percent -> percent)).isEqualTo(new Percentiles(50.0, null, null));
        assertThat(Percentiles.of(200, percent -> percent)).isEqualTo(new Percentiles(50.0, 95.0, null));
        assertThat(Percentiles.of(999, percent -> percent)).isEqualTo(new Percentiles(50.0, 95.0, null));
        assertThat(Percentiles.of(1000, percent -> percent)).isEqualTo(new Percentiles(50.0, 95.0, 99.0));
    }

    @Test
    void theRiseIsThatOfTheHighPercentileOverTheLowestIdleRoundTrip() {
        DirectionLatency direction = sending(loaded(LatencyMethod.KERNEL_SMOOTHED, 30_000, 28_000.0, 61_000.0));

        LatencyRise rise =
                rise(direction, idle(LatencyMethod.CONNECT, 1_500), idle(LatencyMethod.KERNEL_MINIMUM, 1_000));

        assertThat(rise.micros()).isEqualTo(60_000);
        assertThat(rise.percentile()).isEqualTo(95);
        assertThat(rise.grade()).isEqualTo(Grade.C);
    }

    @Test
    void withFewSamplesTheRiseIsThatOfTheMedian() {
        DirectionLatency direction = sending(loaded(LatencyMethod.KERNEL_SMOOTHED, 30_000, 28_000.0, null));

        LatencyRise rise = rise(direction, idle(LatencyMethod.CONNECT, 1_000));

        assertThat(rise.micros()).isEqualTo(27_000);
        assertThat(rise.percentile()).isEqualTo(50);
        assertThat(rise.grade()).isEqualTo(Grade.A);
    }

    @Test
    void theBufferDelayIsTheMeansGrowthInPercentOfTheBaseline() { // RFC 6349, 4.3: 25 ms to 32 ms is 28 %
        DirectionLatency direction = sending(loaded(LatencyMethod.KERNEL_SMOOTHED, 32_000, 31_000.0, 40_000.0));

        assertThat(rise(direction, idle(LatencyMethod.CONNECT, 25_000)).bufferDelayPercent())
                .isEqualTo(28, within(1e-9));
    }

    @Test
    void aMethodThatWasMeasuredIdleTooIsComparedWithItself() {
        DirectionLatency echo = sending(loaded(LatencyMethod.UDP_ECHO, 9_000, 9_000.0, 10_000.0));

        LatencyRise rise = rise(echo, idle(LatencyMethod.CONNECT, 500), idle(LatencyMethod.UDP_ECHO, 800));

        assertThat(rise.micros()).isEqualTo(9_200);
    }

    @Test
    void connectionsToAnotherTargetAreNotComparedWithThisPath() {
        DirectionLatency connects = sending(loaded(LatencyMethod.TCP_CONNECT, 9_000, 9_000.0, 10_000.0));

        var latency = new Latency(List.of(idle(LatencyMethod.CONNECT, 500)), List.of(connects));

        assertThat(latency.rise(connects)).isNull();
    }

    @Test
    void anotherTargetIsNotTheFloorOfThisPath() {
        var latency =
                new Latency(List.of(idle(LatencyMethod.TCP_CONNECT, 10), idle(LatencyMethod.CONNECT, 400)), List.of());

        assertThat(latency.floor()).isEqualTo(idle(LatencyMethod.CONNECT, 400));
        assertThat(new Latency(List.of(idle(LatencyMethod.TCP_CONNECT, 10)), List.of()).floor())
                .isNull();
    }

    @Test
    void withoutABaselineThereIsNoRise() {
        DirectionLatency direction = sending(loaded(LatencyMethod.KERNEL_SMOOTHED, 30_000, 28_000.0, null));

        assertThat(new Latency(List.of(), List.of(direction)).rise(direction)).isNull();
        assertThat(new Latency(List.of(idle(LatencyMethod.CONNECT, 0)), List.of(direction)).rise(direction))
                .isNull();
    }

    @Test
    void theBestMethodComesFirst() {
        RoundTripStatistics smoothed = loaded(LatencyMethod.KERNEL_SMOOTHED, 1, 1.0, 2.0);
        RoundTripStatistics writes = loaded(LatencyMethod.WRITE_ACKNOWLEDGED, 1, 1.0, 2.0);
        RoundTripStatistics queue = loaded(LatencyMethod.LOCAL_QUEUE, 1, 1.0, 2.0);

        DirectionLatency direction = sending(queue, smoothed, writes);

        assertThat(direction.loaded()).containsExactly(writes, smoothed, queue);
        assertThat(direction.graded()).isEqualTo(writes);
        assertThat(direction.unavailable()).isNull();
    }

    @Test
    void aHighPercentileOfTheLoadIsBetterThanAMedian() {
        RoundTripStatistics writes = loaded(LatencyMethod.WRITE_ACKNOWLEDGED, 1, 1.0, null);
        RoundTripStatistics smoothed = loaded(LatencyMethod.KERNEL_SMOOTHED, 1, 1.0, 2.0);
        RoundTripStatistics echo = loaded(LatencyMethod.UDP_ECHO, 1, 1.0, 2.0);

        assertThat(sending(echo, writes, smoothed).loaded()).containsExactly(smoothed, writes, echo);
        assertThat(sending(echo, writes).graded()).isEqualTo(writes); // another queue may serve the echo
    }

    @Test
    void aMethodWithoutAMedianIsLeftOut() {
        RoundTripStatistics smoothed = loaded(LatencyMethod.KERNEL_SMOOTHED, 1, 1.0, null);

        DirectionLatency direction = sending(loaded(LatencyMethod.WRITE_ACKNOWLEDGED, 1, null, null), smoothed);

        assertThat(direction.loaded()).containsExactly(smoothed);
    }

    @Test
    void aWaitInTheOwnQueueIsNotARoundTrip() {
        RoundTripStatistics queue = loaded(LatencyMethod.LOCAL_QUEUE, 1, 1.0, 2.0);

        DirectionLatency direction = sending(queue);

        assertThat(direction.loaded()).containsExactly(queue);
        assertThat(direction.graded()).isNull();
        assertThat(direction.unavailable()).isEqualTo("for a reason");
        assertThat(new Latency(List.of(idle(LatencyMethod.CONNECT, 1)), List.of(direction)).rise(direction))
                .isNull();
    }

    @Test
    void aRiseOfNothingIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyRise.of(loaded(LatencyMethod.UDP_ECHO, 1, null, null), 1))
                .withMessageContaining("no rise");
    }
}
