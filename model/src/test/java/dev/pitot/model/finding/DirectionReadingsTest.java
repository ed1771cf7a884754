package dev.pitot.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionReadingsTest {
    private static final long STEP = 50_000_000; // nanoseconds
    private static final double FLOOR = 1000; // microseconds

    @Test
    void lossesWithAFullQueueAreToldApartFromOthers() {
        var readings = new DirectionReadings();
        readings.add(0, 0, 0, FLOOR);
        readings.add(STEP, 1000, 1, 20_000);
        readings.add(2 * STEP, 2000, 1, 1500);
        readings.add(3 * STEP, 3000, 2, 1500);

        assertThat(readings.losses(FLOOR)).isEqualTo(new LossTiming(3, 2, 1, null));
    }

    @Test
    void unknownRetransmissionsAreNoLosses() {
        var readings = new DirectionReadings();
        readings.add(0, 0, -1, 0);
        readings.add(STEP, 1000, -1, 0);

        assertThat(readings.losses(FLOOR)).isNull();
    }

    /// A sender that bursts when its bucket has tokens, and loses when they are used up.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aPolicersRateIsFound(long seed) {
        var random = new Random(seed);
        var readings = new DirectionReadings();
        long bytes = 0;
        long losses = 0;
        double tokens = 0;
        double perStep = 2_500_000 * 0.05; // 20 Mbit/s
        for (int i = 0; i < 300; i++) {
            tokens += perStep;
            boolean bursts = random.nextInt(4) == 0;
            long passed = (long) (bursts ? tokens : Math.min(tokens, perStep / 8));
            bytes += passed;
            tokens -= passed;
            losses += bursts ? 3 : 0;
            readings.add(i * STEP, bytes, losses, FLOOR);
        }

        LossTiming.TokenBucket bucket = Objects.requireNonNull(
                Objects.requireNonNull(readings.losses(FLOOR)).policer());

        assertThat(bucket.bitsPerSecond()).isCloseTo(2e7, Offset.offset(1e6));
        assertThat(bucket.emptyShare()).isGreaterThan(0.9);
        assertThat(bucket.filledShare()).isGreaterThan(0.9);
    }

    @Test
    void memoryIsBoundedAndTheTotalsStay() {
        var readings = new DirectionReadings();
        int seconds = 10_000;
        for (long i = 0; i <= seconds * 20L; i++) {
            readings.add(i * STEP, i * 1000, i / 100, FLOOR);
        }

        assertThat(Objects.requireNonNull(readings.losses(FLOOR)).readings()).isBetween(500, 1024);
        RateSpread rates = Objects.requireNonNull(readings.rates());
        assertThat(rates.slices()).isBetween(seconds - 40, seconds);
        assertThat(rates.coefficientOfVariation()).isLessThan(1e-6);
        assertThat(rates.rampShare()).isZero();
    }

    @Test
    void theRampIsNotPartOfTheVariation() {
        var readings = new DirectionReadings();
        long bytes = 0;
        for (int i = 0; i <= 200; i++) {
            readings.add(i * STEP, bytes, 0, FLOOR);
            bytes += i < 40 ? 10 : 1000; // two of ten seconds
        }

        RateSpread rates = Objects.requireNonNull(readings.rates());

        assertThat(rates.rampShare()).isCloseTo(0.2, Offset.offset(0.01));
        assertThat(rates.coefficientOfVariation()).isLessThan(0.01);
    }

    @Test
    void aShortTestHasNoSpread() {
        var readings = new DirectionReadings();
        for (int i = 0; i < 90; i++) {
            readings.add(i * STEP, i, 0, FLOOR);
        }

        assertThat(readings.rates()).isNull();
    }
}
