package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTrackerTest {
    private static final int PACKETS = 2_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void saysInWhichDirectionPacketsWereLost(long seed) {
        var random = new SplittableRandom(seed);
        double forwardLoss = random.nextDouble(0.2);
        double reverseLoss = random.nextDouble(0.2);
        var tracker = new AnswerTracker();
        long forward = 0;
        long reverse = 0;
        int count = 0;
        for (int sequence = 1; sequence <= PACKETS; sequence++) {
            tracker.sent(sequence);
            boolean isLast = sequence == PACKETS; // so that nothing is lost after the last answer
            if (!isLast && random.nextDouble() < forwardLoss) {
                forward++;
                continue;
            }
            int reflected = count++;
            if (!isLast && random.nextDouble() < reverseLoss) {
                reverse++;
                continue;
            }
            tracker.answered(sequence, reflected);
        }

        assertThat(tracker.loss()).isEqualTo(new StampLoss.ByDirection(forward, reverse, 0));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsDuplicatesOfEitherDirectionAndReordering(long seed) {
        var random = new SplittableRandom(seed);
        var tracker = new AnswerTracker();
        List<int[]> answers = new ArrayList<>();
        int count = 0;
        long duplicates = 0;
        for (int sequence = 1; sequence <= PACKETS; sequence++) {
            tracker.sent(sequence);
            answers.add(new int[] {sequence, count++});
            if (random.nextInt(20) == 0) { // twice on the way there: the reflector counts both
                answers.add(new int[] {sequence, count++});
                duplicates++;
            }
            if (random.nextInt(20) == 0) { // twice on the way back
                answers.add(answers.getLast().clone());
                duplicates++;
            }
        }
        long swapped = 0;
        for (int i = 0; i + 1 < answers.size(); i += 10) {
            if (answers.get(i)[0] != answers.get(i + 1)[0]) {
                answers.set(i, answers.set(i + 1, answers.get(i)));
            }
        }
        int highest = 0;
        var first = new HashSet<Integer>();
        for (int[] answer : answers) {
            if (first.add(answer[0]) && answer[0] < highest) {
                swapped++;
            }
            highest = Math.max(highest, answer[0]);
            tracker.answered(answer[0], answer[1]);
        }

        assertThat(tracker.answered()).isEqualTo(PACKETS);
        assertThat(tracker.duplicates()).isEqualTo(duplicates);
        assertThat(tracker.reordered()).isEqualTo(swapped).isPositive();
        assertThat(tracker.loss()).isEqualTo(new StampLoss.ByDirection(0, 0, 0));
    }

    @Test
    void knowsNoDirectionIfTheReflectorRepeatsTheNumbers() {
        AnswerTracker tracker = tracker(10);
        for (int sequence : new int[] {1, 2, 3, 5, 6, 8}) {
            tracker.answered(sequence, sequence);
        }

        assertThat(tracker.loss()).isEqualTo(new StampLoss.Unknown(4));
    }

    @Test
    void knowsNoDirectionIfTheReflectorCountedBefore() {
        AnswerTracker tracker = tracker(10);
        for (int sequence : new int[] {1, 2, 3, 5, 6, 8, 10}) {
            tracker.answered(sequence, 500 + sequence);
        }

        assertThat(tracker.loss()).isEqualTo(new StampLoss.Unknown(3));
    }

    @Test
    void saysThatWhatFollowsTheLastAnswerIsOpen() {
        AnswerTracker tracker = tracker(10);
        tracker.answered(1, 0);
        tracker.answered(4, 2); // one of 2 and 3 reached the reflector

        assertThat(tracker.loss()).isEqualTo(new StampLoss.ByDirection(1, 1, 6));
        assertThat(new AnswerTracker().loss()).isEqualTo(new StampLoss.ByDirection(0, 0, 0));
        assertThat(tracker(3).loss()).isEqualTo(new StampLoss.Unknown(3));
    }

    @Test
    void takesAPacketThatCameTwiceForOne() {
        AnswerTracker tracker = tracker(3);
        tracker.answered(1, 0);
        tracker.answered(1, 1); // the reflector got it twice, and never number 2
        tracker.answered(3, 2);

        assertThat(tracker.loss()).isEqualTo(new StampLoss.ByDirection(1, 0, 0));
    }

    @Test
    void knowsOnlyPacketsThatWereSent() {
        AnswerTracker tracker = tracker(70_000);

        assertThat(tracker.isKnown(request(70_000, 70_000))).isTrue();
        assertThat(tracker.isKnown(request(70_000, 1))).isFalse(); // another timestamp
        assertThat(tracker.isKnown(request(70_001, 70_001))).isFalse();
        assertThat(tracker.isKnown(request(0, 0))).isFalse();
        assertThat(tracker.isKnown(request(-1, -1))).isFalse();
        assertThat(tracker.isKnown(request(4_000, 4_000))).isFalse(); // too long ago
    }

    private static StampRequest request(int sequence, long timestamp) {
        return new StampRequest(sequence, timestamp, 0, 0);
    }

    private static AnswerTracker tracker(int packets) {
        var tracker = new AnswerTracker();
        for (int sequence = 1; sequence <= packets; sequence++) {
            tracker.sent(sequence);
        }
        return tracker;
    }
}
