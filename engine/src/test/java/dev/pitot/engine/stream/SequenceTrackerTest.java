package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();

    private void arrive(long... sequences) {
        LongStream.of(sequences).forEach(tracker::onArrival);
    }

    private List<Long> figures() {
        return List.of(tracker.highest(), tracker.lost(), tracker.outOfOrder(), tracker.duplicates());
    }

    @Test
    void inOrderNothingIsMissing() {
        arrive(1, 2, 3, 4);

        assertThat(figures()).containsExactly(4L, 0L, 0L, 0L);
    }

    @Test
    void aGapIsLost() {
        arrive(1, 2, 5);

        assertThat(figures()).containsExactly(5L, 2L, 0L, 0L);
    }

    @Test
    void theFirstOnesCanBeLostToo() {
        arrive(3);

        assertThat(figures()).containsExactly(3L, 2L, 0L, 0L);
    }

    @Test
    void aLateOneCorrectsTheLoss() {
        arrive(1, 4, 3, 2);

        assertThat(figures()).containsExactly(4L, 0L, 2L, 0L);
    }

    @Test
    void aDuplicateHidesNoLossAndIsNotOutOfOrder() {
        arrive(1, 3, 3, 1);

        assertThat(figures()).containsExactly(3L, 1L, 0L, 2L);
    }

    @Test
    void aLateOneThatComesTwiceIsLateOnceAndDuplicateOnce() {
        arrive(1, 3, 2, 2);

        assertThat(figures()).containsExactly(3L, 0L, 1L, 1L);
    }

    @Test
    void numbersThatNoSenderUsesAreIgnored() {
        arrive(1, 0, -5, Long.MIN_VALUE);

        assertThat(figures()).containsExactly(1L, 0L, 0L, 0L);
    }

    @Test
    void aGapLargerThanTheWindowForgetsWhatWasBefore() {
        arrive(1, 10L * SequenceTracker.WINDOW);
        arrive(10L * SequenceTracker.WINDOW - 1, 2);

        assertThat(figures()).containsExactly(10L * SequenceTracker.WINDOW, 10L * SequenceTracker.WINDOW - 4, 2L, 0L);
    }

    @Test
    void theSameIsFoundWhenNumbersHaveWrappedAroundTheWindow() {
        for (long i = 1; i <= 3L * SequenceTracker.WINDOW; i++) {
            arrive(i);
        }
        arrive(3L * SequenceTracker.WINDOW + 3, 3L * SequenceTracker.WINDOW + 3, 3L * SequenceTracker.WINDOW + 1);

        assertThat(figures()).containsExactly(3L * SequenceTracker.WINDOW + 3, 1L, 1L, 1L);
    }

    @Test
    void countersOf32BitsMayWrap() {
        long last = (1L << 32) - 1;
        tracker.onArrival(last - 1);
        long lostBefore = tracker.lost();

        tracker.onTrain(last, 1, false);
        tracker.onTrain(0, 1, false);
        tracker.onTrain(2, 1, false);

        assertThat(tracker.highest()).isEqualTo(last + 3);
        assertThat(tracker.lost()).isEqualTo(lostBefore + 1);
    }

    /// A sender, a network that loses, repeats and reorders, and an independent count.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithACountByHand(long seed) {
        var random = new Random(seed);
        var arrivals = new ArrayList<Long>();
        for (long i = 1; i <= 50_000; i++) {
            int copies = random.nextInt(20) == 0 ? 0 : random.nextInt(15) == 0 ? 2 : 1;
            arrivals.addAll(Collections.nCopies(copies, i));
        }
        for (int i = 0; i + 40 < arrivals.size(); i += 1 + random.nextInt(30)) {
            Collections.swap(arrivals, i, i + random.nextInt(40));
        }

        Set<Long> seen = new HashSet<>();
        long highest = 0;
        long late = 0;
        long repeated = 0;
        for (long sequence : arrivals) {
            tracker.onArrival(sequence);
            if (!seen.add(sequence)) {
                repeated++;
            } else if (sequence < highest) {
                late++;
            }
            highest = Math.max(highest, sequence);
        }

        assertThat(figures()).containsExactly(highest, highest - seen.size(), late, repeated);
    }

    /// Trains that are lost, repeated, late, overlapping and hostile, counted at once and one by one.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aTrainCountsAsItsDatagramsDo(long seed) {
        var random = new Random(seed);
        var oneByOne = new SequenceTracker();
        boolean wide = seed % 2 == 0;
        long next = wide ? 1 : (1L << 32) - 20_000; // wraps soon
        tracker.onArrival(next);
        oneByOne.onArrival(next);
        for (int i = 0; i < 3_000; i++) {
            int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 6_000 : 130);
            long first = switch (random.nextInt(12)) {
                case 0 -> Math.max(1, next - random.nextInt(500)); // late, or partly repeated
                case 1 -> next + random.nextInt(2 * SequenceTracker.WINDOW); // a loss
                case 2 -> wide ? random.nextLong() : random.nextInt(1000); // hostile
                case 3 -> next + random.nextInt(200);
                default -> next;
            };
            tracker.onTrain(wide ? first : first & 0xffff_ffffL, count, wide);
            for (int j = 0; j < count; j++) {
                long number = first + j;
                oneByOne.onTrain(wide ? number : number & 0xffff_ffffL, 1, wide);
            }
            next = tracker.highest() + 1;

            assertThat(figures())
                    .as("train %s of %s from %s", i, count, first)
                    .containsExactly(oneByOne.highest(), oneByOne.lost(), oneByOne.outOfOrder(), oneByOne.duplicates());
        }
    }

    @Test
    void aTrainAtTheEndOfTheNumbersDoesNotWrap() {
        long jump = SequenceTracker.MAX_JUMP;
        for (long highest = 0; highest <= Long.MAX_VALUE - jump; highest = tracker.highest()) {
            tracker.onArrival(highest + jump);
        }
        long before = tracker.highest();

        tracker.onTrain(Long.MAX_VALUE - 1, 4, true);

        assertThat(tracker.highest()).isGreaterThanOrEqualTo(before).isPositive();
    }

    @Test
    void aJumpThatNoNetworkCanMakeIsIgnored() {
        arrive(1, 2, 2 + SequenceTracker.MAX_JUMP + 1, Long.MAX_VALUE, 3);

        assertThat(figures()).containsExactly(3L, 0L, 0L, 0L);
    }
}
