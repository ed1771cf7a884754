package dev.pitot.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void isAbsentWithoutFigures() {
        assertThat(Distribution.of(new double[0])).isNull();
        assertThat(Distribution.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}))
                .isNull();
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        Distribution distribution = distribution(3, Double.NaN, 1, Double.POSITIVE_INFINITY);

        assertThat(distribution).isEqualTo(new Distribution(2, 2, 1, 3, new Distribution.Spread(1, 1, 3, 3)));
    }

    @Test
    void knowsZeroFromAbsent() {
        assertThat(distribution(0)).isEqualTo(new Distribution(1, 0, 0, 0, new Distribution.Spread(0, 0, 0, 0)));
    }

    @Test
    void takesDeviationsFromTheMean() {
        assertThat(distribution(2, 4, 4, 4, 5, 5, 7, 9).spread().standardDeviation())
                .isEqualTo(2);
    }

    @Test
    void takesQuantilesByNearestRank() {
        double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();

        assertThat(distribution(hundred).spread())
                .extracting(Distribution.Spread::p50, Distribution.Spread::p95, Distribution.Spread::p99)
                .containsExactly(50.0, 95.0, 99.0);
    }

    @Test
    void theRankIsExactForAnyNumberOfSamples() {
        for (int count = 1; count <= 2_000; count++) {
            Distribution.Spread spread = distribution(
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

            assertThat(distribution(alike).mean()).isEqualTo(0.1);
            assertThat(distribution(alike).withMean(Math.nextUp(0.1)).mean()).isEqualTo(0.1);
        }
    }

    @Test
    void keepsItsLawsForAnyFigures() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            double[] figures = random.doubles(random.nextInt(1, 50), 0, 1e12).toArray();

            Distribution distribution = distribution(figures);

            Distribution.Spread spread = distribution.spread();
            assertThat(distribution.samples()).isEqualTo(figures.length);
            assertThat(distribution.mean()).isBetween(distribution.min(), distribution.max());
            assertThat(distribution.mean()).isCloseTo(Arrays.stream(figures).sum() / figures.length, within(1.0));
            assertThat(new double[] {distribution.min(), spread.p50(), spread.p95(), spread.p99(), distribution.max()})
                    .isSorted();
            assertThat(figures)
                    .contains(distribution.min(), spread.p50(), spread.p95(), spread.p99(), distribution.max());
            assertThat(spread.standardDeviation()).isFinite().isBetween(0.0, distribution.max() - distribution.min());
        }
    }

    private static Distribution distribution(double... figures) {
        return Objects.requireNonNull(Distribution.of(figures));
    }
}
