package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StampClockTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T22:00:00Z");

    private final ManualClock monotonic = new ManualClock();
    private final AtomicReference<Instant> wall = new AtomicReference<>(BEGIN);
    private final StampClock clock = new StampClock(monotonic, wall::get);

    @Test
    void goesOnWhenTheTimeOfDayIsSet() {
        monotonic.advance(Duration.ofSeconds(2));
        wall.set(BEGIN.plusSeconds(3602));

        assertThat(clock.now()).isEqualTo(StampClock.nanos(BEGIN.plusSeconds(2)));
        assertThat(clock.step()).isEqualTo(3_600_000_000_000L);
    }

    @Test
    void takesASlowerClockForNoStep() {
        monotonic.advance(Duration.ofSeconds(100));
        wall.set(BEGIN.plusSeconds(100).minusMillis(40)); // 400 ppm

        assertThat(clock.step()).isZero();
    }
}
