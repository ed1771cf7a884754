package dev.pitot.model.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    @Test
    void isHalfTheRoundTripAroundTheMiddle() {
        ClockOffset offset = Objects.requireNonNull(ClockOffset.of(1000, 5200, 5300, 1700));

        // theta = ((5200-1000) + (5300-1700)) / 2, delta = (1700-1000) - (5300-5200)
        assertThat(offset.nanos()).isEqualTo(3900);
        assertThat(offset.boundNanos()).isEqualTo(300);
    }

    @Test
    void containsTheTruthHoweverAsymmetricThePathIs() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long truth = random.nextLong(-1L << 40, 1L << 40);
            long forward = random.nextLong(1 << 30);
            long held = random.nextLong(1 << 20);
            long reverse = random.nextLong(1 << 30);

            ClockOffset offset = Objects.requireNonNull(
                    ClockOffset.of(0, forward + truth, forward + held + truth, forward + held + reverse));

            assertThat(truth).isBetween(offset.lowerNanos(), offset.upperNanos());
        }
    }

    @Test
    void getsNarrowerByIntersection() {
        var wide = new ClockOffset(-10, 30);

        assertThat(wide.intersect(new ClockOffset(20, 60))).isEqualTo(new ClockOffset(20, 30));
        assertThat(wide.intersect(new ClockOffset(31, 60))).isNull();
    }

    @Test
    void admitsNoTimesThatContradictEachOther() {
        assertThat(ClockOffset.of(0, 100, 200, 50)).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClockOffset(1, 0))
                .withMessageContaining("1..0");
    }
}
