package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Pacing;
import dev.pitot.model.unit.Bitrate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final Bitrate ONE_BYTE_PER_NANO = new Bitrate(8_000_000_000L);

    @Test
    void neverWaitsWhenUnlimited() {
        var pacer = new Pacer(Pacing.NONE, 0);

        pacer.onSent(1_000_000, 1);

        assertThat(pacer.isUnlimited()).isTrue();
        assertThat(pacer.nanosUntilNext(0)).isZero();
    }

    @Test
    void spacesBlocksByTheirTimeOnTheWire() {
        long start = Long.MAX_VALUE - 500; // nanoTime may overflow at any moment
        var pacer = new Pacer(new Pacing(ONE_BYTE_PER_NANO, 0, Bitrate.UNLIMITED), start);

        pacer.onSent(1_000, 1);

        assertThat(pacer.nanosUntilNext(start)).isEqualTo(1_000);
        assertThat(pacer.nanosUntilNext(start + 400)).isEqualTo(600);
        assertThat(pacer.nanosUntilNext(start + 1_000)).isZero();
    }

    @Test
    void catchesUpAfterAStallAsIperfDoes() {
        var pacer = new Pacer(new Pacing(ONE_BYTE_PER_NANO, 0, Bitrate.UNLIMITED), 0);

        pacer.onSent(1_000, 1);

        assertThat(pacer.nanosUntilNext(10_000)).isNegative();
        pacer.onSent(1_000, 1);
        assertThat(pacer.nanosUntilNext(10_000)).isNegative();
    }

    @Test
    void checksThePaceOnlyAfterEachBurst() {
        var pacer = new Pacer(new Pacing(ONE_BYTE_PER_NANO, 3, Bitrate.UNLIMITED), 0);

        pacer.onSent(100, 1);
        assertThat(pacer.nanosUntilNext(0)).isZero();
        pacer.onSent(100, 1);
        assertThat(pacer.nanosUntilNext(0)).isZero();
        pacer.onSent(100, 1);
        assertThat(pacer.nanosUntilNext(0)).isEqualTo(300);

        assertThat(pacer.nanosUntilNext(300)).isZero();
        pacer.onSent(100, 1);
        assertThat(pacer.nanosUntilNext(300)).isZero();
    }

    @Test
    void keepsTheAverageExactOverAWeek() {
        var pacer = new Pacer(new Pacing(new Bitrate(100_000_000), 0, Bitrate.UNLIMITED), 0);
        int blockBytes = 1_250_000; // 100 ms each at 100 Mbit/s
        long blocks = TimeUnit.DAYS.toSeconds(7) * 10;

        for (long i = 0; i < blocks; i++) {
            pacer.onSent(blockBytes, 1);
        }

        assertThat(pacer.nanosUntilNext(0)).isEqualTo(TimeUnit.DAYS.toNanos(7));
    }

    @Test
    void aBurstCountsBlocksHoweverManyLeaveAtOnce() {
        var pacer = new Pacer(new Pacing(new Bitrate(8_000), 10, Bitrate.UNLIMITED), 0);

        pacer.onSent(8_000, 8);
        assertThat(pacer.nanosUntilNext(0)).isZero();
        pacer.onSent(8_000, 8);

        assertThat(pacer.nanosUntilNext(0)).isEqualTo(16_000_000_000L);
    }
}
