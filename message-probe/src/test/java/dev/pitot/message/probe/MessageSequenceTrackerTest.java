package dev.pitot.message.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageSequenceTrackerTest {
    private final MessageSequenceTracker tracker = new MessageSequenceTracker(128);

    @Test
    void whatComesInOrderIsNeitherLateNorTwice() {
        for (int i = 0; i < 1000; i++) {
            assertThat(tracker.take(i)).isTrue();
        }

        assertThat(tracker.distinct()).isEqualTo(1000);
        assertThat(tracker.outOfOrder()).isZero();
        assertThat(tracker.duplicates()).isZero();
        assertThat(tracker.missing(0, 1000)).isZero();
        assertThat(tracker.missing(990, 1005)).isEqualTo(5);
    }

    @Test
    void whatWasOvertakenIsOutOfOrderOnce() {
        tracker.take(0);
        tracker.take(2);

        assertThat(tracker.missing(0, 3)).isEqualTo(1);
        assertThat(tracker.take(1)).isTrue();
        assertThat(tracker.take(1)).isFalse();
        assertThat(tracker.distinct()).isEqualTo(3);
        assertThat(tracker.outOfOrder()).isEqualTo(1);
        assertThat(tracker.duplicates()).isEqualTo(1);
    }

    @Test
    void nobodyRemembersWhatIsFarBehind() {
        tracker.take(500);

        assertThat(tracker.take(500 - 127)).isTrue();
        assertThat(tracker.take(500 - 128)).isFalse();
    }

    @Test
    void aLeapBeyondTheWindowForgetsAll() {
        tracker.take(0);
        tracker.take(Long.MAX_VALUE - 1);

        assertThat(tracker.distinct()).isEqualTo(2);
        assertThat(tracker.take(Long.MAX_VALUE - 2)).isTrue();
    }

    @Test
    void agreesWithASetWhateverComes() {
        var random = new SplittableRandom(5);
        var model = new BitSet();
        int base = 0;
        for (int i = 0; i < 20_000; i++) {
            base += random.nextInt(90);
            int number = Math.max(0, base - random.nextInt(60));
            boolean isRemembered = model.length() - number <= 128;
            boolean isNew = isRemembered && !model.get(number);

            assertThat(tracker.take(number)).isEqualTo(isNew);

            if (isNew) {
                model.set(number);
            }
        }
        assertThat(tracker.distinct()).isEqualTo(model.cardinality());
    }
}
