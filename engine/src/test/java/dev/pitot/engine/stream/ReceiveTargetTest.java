package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReceiveTargetTest {
    private final AtomicInteger told = new AtomicInteger();
    private final ReceiveTarget target = new ReceiveTarget(told::incrementAndGet);

    @Test
    void wantsNothingUntilItIsArmed() {
        target.onBytes(1_000_000);

        assertThat(told).hasValue(0);
    }

    @Test
    void tellsOnceWhenItIsReachedExactly() {
        target.arm(1_000);

        target.onBytes(999);
        assertThat(told).hasValue(0);
        target.onBytes(1);
        target.onBytes(1);

        assertThat(told).hasValue(1);
    }

    @Test
    void tellsOnceWhenItIsOvershot() {
        target.arm(1_000);

        target.onBytes(5_000);
        target.onBytes(5_000);

        assertThat(told).hasValue(1);
    }
}
