package dev.pitot.testkit.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.testkit.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedPathTest {
    private static final long MILLI = 1_000_000;
    private static final long START = new ManualClock().nanoTime(); // it overflows soon, as a clock may at any moment

    @Test
    void aPerfectPathDeliversAtOnceWhatItWasGiven() {
        var path = new SimulatedPath(Impairment.NONE);
        List<Integer> arrived = new ArrayList<>();

        path.send(datagram(7), START);
        path.send(datagram(8), START + 1);
        int delivered = path.deliver(START + 1, datagram -> arrived.add(datagram.getInt()));

        assertThat(delivered).isEqualTo(2);
        assertThat(arrived).containsExactly(7, 8);
        assertThat(path.nextAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(path.counts()).isEqualTo(new PathCounts(2, 2, 0, 0, 0, new PathCounts.Done(0, 0, 0)));
    }

    @Test
    void delaysAndTellsWhenTheNextArrives() {
        var path = new SimulatedPath(Impairment.NONE.withDelay(Duration.ofMillis(20), Duration.ZERO));

        path.send(datagram(1), START);

        assertThat(path.nextAt() - START).isEqualTo(20 * MILLI);
        assertThat(path.deliver(START + 20 * MILLI - 1, _ -> {})).isZero();
        assertThat(path.counts().onTheWay()).isEqualTo(1);
        assertThat(path.deliver(START + 20 * MILLI, _ -> {})).isEqualTo(1);
    }

    @Test
    void jitterKeepsTheOrderAndStaysInItsBounds() {
        var path = new SimulatedPath(Impairment.NONE
                .withDelay(Duration.ofMillis(5), Duration.ofMillis(10))
                .withSeed(3));
        List<Integer> arrived = new ArrayList<>();

        for (int i = 0; i < 1000; i++) {
            path.send(datagram(i), START + i * MILLI);
            assertThat(path.nextAt() - START).isGreaterThanOrEqualTo(5 * MILLI);
            path.deliver(START + i * MILLI, datagram -> arrived.add(datagram.getInt()));
        }
        path.deliver(START + 999 * MILLI + 15 * MILLI, datagram -> arrived.add(datagram.getInt()));

        assertThat(arrived).hasSize(1000).isSorted();
    }

    @Test
    void losesTheConfiguredShare() {
        var path = new SimulatedPath(Impairment.NONE.withLoss(0.2).withSeed(1));

        sendMany(path, 100_000);

        assertThat(path.counts().lost() / 100_000.0).isCloseTo(0.2, within(0.005));
        assertThat(path.counts().left()).isEqualTo(100_000 - path.counts().lost());
    }

    @Test
    void burstsHaveTheConfiguredShareAndLength() {
        var burst = LossModel.Burst.of(0.1, 5);
        var path = new SimulatedPath(Impairment.NONE.withLoss(burst).withSeed(1));
        var arrived = new boolean[200_000];

        for (int i = 0; i < arrived.length; i++) {
            path.send(datagram(i), i);
            path.deliver(i, datagram -> arrived[datagram.getInt()] = true);
        }

        int bursts = 0;
        for (int i = 1; i < arrived.length; i++) {
            bursts += arrived[i - 1] && !arrived[i] ? 1 : 0;
        }
        assertThat(burst.share()).isCloseTo(0.1, within(1e-9));
        assertThat(path.counts().lost() / 200_000.0).isCloseTo(0.1, within(0.01));
        assertThat((double) path.counts().lost() / bursts).isCloseTo(5, within(0.3));
    }

    @Test
    void whatIsHeldBackIsOvertaken() {
        var path = new SimulatedPath(
                Impairment.NONE.withReorder(0.1, Duration.ofMillis(3)).withSeed(2));
        List<Integer> arrived = new ArrayList<>();

        for (int i = 0; i < 1000; i++) {
            path.send(datagram(i), i * MILLI);
            path.deliver(i * MILLI, datagram -> arrived.add(datagram.getInt()));
        }
        path.deliver(2000 * MILLI, datagram -> arrived.add(datagram.getInt()));

        long late = 0;
        int newest = -1;
        for (int number : arrived) {
            late += number < newest ? 1 : 0;
            newest = Math.max(newest, number);
        }
        assertThat(arrived).hasSize(1000).doesNotHaveDuplicates();
        assertThat(path.counts().done().heldBack()).isBetween(70L, 130L);
        assertThat(late)
                .isBetween(
                        path.counts().done().heldBack() / 2,
                        path.counts().done().heldBack());
    }

    @Test
    void duplicatesArriveTwiceAndAreCounted() {
        var path = new SimulatedPath(Impairment.NONE.withDuplicates(1));
        List<Integer> arrived = new ArrayList<>();

        path.send(datagram(5), 0);
        path.deliver(0, datagram -> arrived.add(datagram.getInt()));

        assertThat(arrived).containsExactly(5, 5);
        assertThat(path.counts()).isEqualTo(new PathCounts(1, 2, 0, 0, 0, new PathCounts.Done(0, 1, 0)));
    }

    @Test
    void corruptionInvertsOneToThreeBits() {
        var path = new SimulatedPath(Impairment.NONE.withCorruption(1).withSeed(9));
        List<Integer> flipped = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            path.send(datagram(0), i);
            path.deliver(i, datagram -> flipped.add(Integer.bitCount(datagram.getInt())));
        }

        assertThat(flipped)
                .hasSize(200)
                .allMatch(bits -> bits >= 1 && bits <= 3)
                .contains(1, 2, 3);
        assertThat(path.counts().done().corrupted()).isEqualTo(200);
    }

    @Test
    void aBottleneckSpacesDatagramsAndDropsWhatItsQueueCannotHold() {
        var path = new SimulatedPath(Impairment.NONE.withRate(new RateLimit(8_000, 12))); // 1 byte a millisecond
        List<Long> times = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            path.send(datagram(i), 0);
        }
        while (path.nextAt() != Long.MAX_VALUE) {
            long next = path.nextAt();
            path.deliver(next, _ -> times.add(next));
        }

        assertThat(times).containsExactly(4 * MILLI, 8 * MILLI, 12 * MILLI);
        assertThat(path.counts().overflowed()).isEqualTo(2);
    }

    @Test
    void theSameSeedDoesTheSameAndAnotherDoesNot() {
        Impairment bad = Impairment.NONE
                .withLoss(0.3)
                .withDelay(Duration.ofMillis(1), Duration.ofMillis(9))
                .withReorder(0.2, Duration.ofMillis(20))
                .withDuplicates(0.1)
                .withCorruption(0.1);

        assertThat(journal(bad.withSeed(4))).isEqualTo(journal(bad.withSeed(4)));
        assertThat(journal(bad.withSeed(4))).isNotEqualTo(journal(bad.withSeed(5)));
    }

    @Test
    void refusesProbabilitiesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Impairment.NONE.withLoss(1.1))
                .withMessage("probability not in 0..1: 1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> Impairment.NONE.withDuplicates(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> LossModel.Burst.of(1, 5));
    }

    private static List<String> journal(Impairment impairment) {
        var path = new SimulatedPath(impairment);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            path.send(datagram(i), START + i * MILLI);
            long now = START + i * MILLI;
            path.deliver(now, datagram -> lines.add((now - START) + ": " + datagram.getInt()));
        }
        return lines;
    }

    private static void sendMany(SimulatedPath path, int count) {
        for (int i = 0; i < count; i++) {
            path.send(datagram(i), i);
            path.deliver(i, _ -> {});
        }
    }

    private static ByteBuffer datagram(int number) {
        return ByteBuffer.allocate(4).putInt(number).flip();
    }
}
