package dev.pitot.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GaugeTest {
    @Test
    void isAbsentWithoutFigures() {
        assertThat(Gauge.of(new double[0])).isNull();
        assertThat(Gauge.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}))
                .isNull();
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        Gauge gauge = gauge(3, Double.NaN, 1, Double.POSITIVE_INFINITY);

        assertThat(gauge).isEqualTo(new Gauge(2, 2, 1, 3, new Gauge.Spread(1, 1, 3, 3)));
    }

    @Test
    void knowsZeroFromAbsent() {
        assertThat(gauge(0)).isEqualTo(new Gauge(1, 0, 0, 0, new Gauge.Spread(0, 0, 0, 0)));
    }

    @Test
    void takesDeviationsFromTheMean() {
        assertThat(gauge(2, 4, 4, 4, 5, 5, 7, 9).spread().standardDeviation()).isEqualTo(2);
    }

    @Test
    void takesQuantilesByNearestRank() {
        double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();

        assertThat(gauge(hundred).spread())
                .extracting(Gauge.Spread::p50, Gauge.Spread::p95, Gauge.Spread::p99)
                .containsExactly(50.0, 95.0, 99.0);
    }

    @Test
    void theRankIsExactForAnyNumberOfSamples() {
        for (int count = 1; count <= 2_000; count++) {
            Gauge.Spread spread = gauge(
                            IntStream.rangeClosed(1, count).asDoubleStream().toArray())
                    .spread();

            assertThat(spread.p50()).isEqualTo(Math.ceilDiv(50 * count, 100));
            assertThat(spread.p95()).isEqualTo(Math.ceilDiv(95 * count, 100));
            assertThat(spread.p99()).isEqualTo(Math.ceilDiv(99 * count, 100));
        }
    }

    @Test
    void aMeanNeverLeavesItsFigures() {
        for (int count = 1; count < 200; count++) {
            double[] alike = new double[count];
            Arrays.fill(alike, 0.1);

            assertThat(gauge(alike).mean()).isEqualTo(0.1);
            assertThat(gauge(alike).withMean(Math.nextUp(0.1)).mean()).isEqualTo(0.1);
        }
    }

    @Test
    void keepsItsLawsForAnyFigures() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            double[] figures = random.doubles(random.nextInt(1, 50), 0, 1e12).toArray();

            Gauge gauge = gauge(figures);

            Gauge.Spread spread = gauge.spread();
            assertThat(gauge.samples()).isEqualTo(figures.length);
            assertThat(gauge.mean()).isBetween(gauge.min(), gauge.max());
            assertThat(gauge.mean()).isCloseTo(Arrays.stream(figures).sum() / figures.length, within(1.0));
            assertThat(new double[] {gauge.min(), spread.p50(), spread.p95(), spread.p99(), gauge.max()})
                    .isSorted();
            assertThat(figures).contains(gauge.min(), spread.p50(), spread.p95(), spread.p99(), gauge.max());
            assertThat(spread.standardDeviation()).isFinite().isBetween(0.0, gauge.max() - gauge.min());
        }
    }

    private static Gauge gauge(double... figures) {
        return Objects.requireNonNull(Gauge.of(figures));
    }
}
