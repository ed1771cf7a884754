package dev.pitot.message.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberBookTest {
    private final NumberBook book = new NumberBook(128);

    @Test
    void whatComesInOrderIsNeitherLateNorTwice() {
        for (int i = 0; i < 1000; i++) {
            assertThat(book.take(i)).isTrue();
        }

        assertThat(book.distinct()).isEqualTo(1000);
        assertThat(book.outOfOrder()).isZero();
        assertThat(book.duplicates()).isZero();
        assertThat(book.missing(0, 1000)).isZero();
        assertThat(book.missing(990, 1005)).isEqualTo(5);
    }

    @Test
    void whatWasOvertakenIsOutOfOrderOnce() {
        book.take(0);
        book.take(2);

        assertThat(book.missing(0, 3)).isEqualTo(1);
        assertThat(book.take(1)).isTrue();
        assertThat(book.take(1)).isFalse();
        assertThat(book.distinct()).isEqualTo(3);
        assertThat(book.outOfOrder()).isEqualTo(1);
        assertThat(book.duplicates()).isEqualTo(1);
    }

    @Test
    void nobodyRemembersWhatIsFarBehind() {
        book.take(500);

        assertThat(book.take(500 - 127)).isTrue();
        assertThat(book.take(500 - 128)).isFalse();
    }

    @Test
    void aLeapBeyondTheWindowForgetsAll() {
        book.take(0);
        book.take(Long.MAX_VALUE - 1);

        assertThat(book.distinct()).isEqualTo(2);
        assertThat(book.take(Long.MAX_VALUE - 2)).isTrue();
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

            assertThat(book.take(number)).isEqualTo(isNew);

            if (isNew) {
                model.set(number);
            }
        }
        assertThat(book.distinct()).isEqualTo(model.cardinality());
    }
}
