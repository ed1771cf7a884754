package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final long MILLI = 1_000_000;
    private static final long START = new ManualClock().nanoTime(); // near the largest number
    private static final Drain.Limits LIMITS =
            new Drain.Limits(100 * MILLI, 1_000 * MILLI, MILLI, 20 * MILLI, 10 * MILLI);

    private final Arriving data = new Arriving();
    private final Drain drain = new Drain(data, LIMITS, START);

    /// Progress with a settable number of bytes.
    private static final class Arriving implements Drain.Progress {
        private long bytes;

        @Override
        public long position() {
            return bytes;
        }

        @Override
        public boolean isComplete(long position) {
            return position == 10;
        }
    }

    /// Checks every 20 ms.
    ///
    /// @return end of the wait, in milliseconds
    private long over(int fromMillis, int bytesPerLook) {
        for (int millis = fromMillis; millis < 5_000; millis += 20) {
            if (drain.isMet(START + millis * MILLI)) {
                return millis;
            }
            data.bytes += bytesPerLook;
        }
        throw new AssertionError("the wait never ended");
    }

    @Test
    void endsWhenAllIsThereAndHasHadItsRest() {
        data.bytes = 10;

        assertThat(drain.isMet(START)).isFalse();
        assertThat(drain.nanosBetweenLooks()).isEqualTo(10 * MILLI);
        assertThat(drain.isMet(START + 10 * MILLI)).isTrue();
    }

    @Test
    void endsWhenNothingCame() {
        assertThat(over(0, 0)).isEqualTo(100 + 20);
    }

    @Test
    void waitsAsLongAsSomethingComes() {
        data.bytes = 11;

        assertThat(over(0, 1)).isEqualTo(1_000 + 20);
    }

    @Test
    void aMachineThatStoodStillHasNotListened() {
        assertThat(drain.isMet(START)).isFalse();
        assertThat(drain.isMet(START + 500 * MILLI)).isFalse();
        assertThat(drain.isMet(START + 520 * MILLI)).isFalse();

        assertThat(over(540, 0)).isEqualTo(580 + 20);
    }

    @Test
    void aWaitThatChecksWithoutAPauseIsRefused() {
        assertThatThrownBy(() -> new Drain.Limits(100 * MILLI, 1_000 * MILLI, 0, 20 * MILLI, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no time between two checks");
    }
}
