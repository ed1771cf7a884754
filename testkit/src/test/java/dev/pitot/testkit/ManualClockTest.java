package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    @Test
    void standsStillUntilMoved() {
        var clock = new ManualClock(5);

        assertThat(clock.nanoTime()).isEqualTo(5).isEqualTo(clock.nanoTime());
    }

    @Test
    void movesByWhatItIsTold() {
        var clock = new ManualClock(5);

        clock.advanceNanos(10);
        clock.advance(Duration.ofMillis(1));

        assertThat(clock.nanoTime()).isEqualTo(1_000_015);
    }

    @Test
    void mayOverflowLikeARealOne() {
        var clock = new ManualClock();
        long start = clock.nanoTime();

        clock.advance(Duration.ofSeconds(1));

        assertThat(clock.nanoTime()).isNegative();
        assertThat(clock.nanoTime() - start).isEqualTo(1_000_000_000);
    }

    @Test
    void neverGoesBack() {
        var clock = new ManualClock();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advanceNanos(-1))
                .withMessage("nanos < 0: -1");
    }
}
