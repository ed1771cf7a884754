package dev.pitot.engine.interval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = SECOND / 1_000;
    private static final long BASE = Long.valueOf(Long.MAX_VALUE) - 2 * MILLI; // the clock overflows in every test

    /// Times in milliseconds after the base.
    private static ReceiveWindow window(long first, long last, long end, long sent) {
        return new ReceiveWindow(BASE + first * MILLI, BASE + last * MILLI, BASE + end * MILLI, sent * MILLI);
    }

    @Test
    void lastsAsLongAsTheSenderSentWhereNothingWaitedOnTheWay() {
        // A client that started 60 ms late, and whose last datagram was sent one interval before its end.
        assertThat(window(60, 1_050, 1_075, 1_000).nanosSince(BASE)).isEqualTo(SECOND);
    }

    @Test
    void waitingForWhatMayStillComeIsNotTheTests() {
        assertThat(window(0, 990, 1_500, 1_000).nanosSince(BASE)).isEqualTo(SECOND);
    }

    @Test
    void lastsLongerWhereAQueueHeldTheLastOnesBack() {
        assertThat(window(10, 1_176, 1_020, 1_000).nanosSince(BASE)).isEqualTo(1_166 * MILLI);
    }

    @Test
    void isTheWholeTimeWhereTheFirstOnesWereLost() {
        assertThat(window(700, 995, 1_010, 1_000).nanosSince(BASE)).isEqualTo(SECOND);
    }

    @Test
    void isHardlyLongerThanThisEndWaitedWhateverTheSenderSays() {
        assertThat(window(0, 990, 1_000, 1_020).nanosSince(BASE)).isEqualTo(1_020 * MILLI);
        assertThat(window(0, 990, 1_000, 100_000).nanosSince(BASE)).isEqualTo(1_250 * MILLI);
    }

    @Test
    void aWarmUpIsLeftOut() {
        assertThat(window(10, 2_005, 2_010, 1_000).nanosSince(BASE + SECOND)).isEqualTo(1_005 * MILLI);
    }

    @Test
    void isTheWholeTimeWhereTheSenderDoesNotTellItsOwn() {
        assertThat(window(60, 1_100, 1_075, 0).nanosSince(BASE)).isEqualTo(1_100 * MILLI);
        assertThat(window(60, 990, 1_075, 0).nanosSince(BASE)).isEqualTo(1_075 * MILLI);
    }
}
