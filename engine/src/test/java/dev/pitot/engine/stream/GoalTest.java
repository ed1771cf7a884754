package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GoalTest {
    private final AtomicInteger told = new AtomicInteger();
    private final Goal goal = new Goal(told::incrementAndGet);

    @Test
    void wantsNothingUntilItIsArmed() {
        goal.onBytes(1_000_000);

        assertThat(told).hasValue(0);
    }

    @Test
    void tellsOnceWhenItIsReachedExactly() {
        goal.arm(1_000);

        goal.onBytes(999);
        assertThat(told).hasValue(0);
        goal.onBytes(1);
        goal.onBytes(1);

        assertThat(told).hasValue(1);
    }

    @Test
    void tellsOnceWhenItIsOvershot() {
        goal.arm(1_000);

        goal.onBytes(5_000);
        goal.onBytes(5_000);

        assertThat(told).hasValue(1);
    }
}
