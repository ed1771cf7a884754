package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterTest {
    private static final long MILLI = 1_000_000;
    private static final double EXACT = 1e-15;

    private final Jitter jitter = new Jitter();

    @Test
    void evenArrivalsHaveNone() {
        for (int i = 0; i < 10; i++) {
            jitter.onArrival(i * MILLI, 77 * MILLI + i * MILLI);
        }

        assertThat(jitter.seconds()).isZero();
    }

    @Test
    void followsRfc3550() {
        jitter.onArrival(0, 0);
        jitter.onArrival(10 * MILLI, 26 * MILLI); // 16 ms late
        assertThat(jitter.seconds()).isCloseTo(0.001, within(EXACT));

        jitter.onArrival(20 * MILLI, 20 * MILLI); // 16 ms less late
        assertThat(jitter.seconds()).isCloseTo(0.001 + 0.015 / 16, within(EXACT));
    }

    @Test
    void clocksNeedNotAgree() {
        jitter.onArrival(5_000_000 * MILLI, -3 * MILLI);
        jitter.onArrival(5_000_001 * MILLI, -2 * MILLI + 16 * MILLI);

        assertThat(jitter.seconds()).isCloseTo(0.001, within(EXACT));
    }

    @Test
    void beginsAnewAfterTheWarmUp() {
        jitter.onArrival(0, 0);
        jitter.onArrival(0, 500 * MILLI);
        jitter.restart();
        jitter.onArrival(0, 900 * MILLI);

        assertThat(jitter.seconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTrainCountsAsItsDatagramsDo(long seed) {
        var random = new Random(seed);
        var oneByOne = new Jitter();
        for (int i = 0; i < 1_000; i++) {
            long sent = i * MILLI;
            long arrived = sent + random.nextLong(MILLI);
            int count = 1 + random.nextInt(i % 10 == 0 ? 600 : 130);
            jitter.onTrain(sent, arrived, count);
            for (int j = 0; j < count; j++) {
                oneByOne.onArrival(sent, arrived);
            }

            assertThat(jitter.seconds()).isCloseTo(oneByOne.seconds(), within(EXACT));
        }
        assertThat(jitter.seconds()).isPositive();
    }
}
