package dev.pitot.message.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BitWindowTest {
    private static final int SIZE = 1024;

    private final BitWindow window = new BitWindow(SIZE);

    @Test
    void takesEachNumberOnceInAnyOrder() {
        for (long number : new long[] {5, 3, 4, 0, 1_000, 999, 2}) {
            assertThat(window.isNew(number)).isTrue();
            window.add(number);
            assertThat(window.isNew(number)).isFalse();
        }
        assertThat(window.isNew(1)).isTrue();
    }

    @Test
    void whatIsTooOldToTellIsRefused() {
        window.add(SIZE);

        assertThat(window.isNew(1)).isTrue();
        assertThat(window.isNew(0)).isFalse();
    }

    @Test
    void agreesWithASetAfterLeapsOfAnySize() {
        var random = new Random(1);
        Set<Long> seen = new HashSet<>();
        long newest = 0;
        for (int i = 0; i < 100_000; i++) {
            int span = random.nextInt(50) == 0 ? 3 * SIZE : 40;
            long number = Math.max(0, newest + random.nextInt(span) - span / 2);
            boolean isExpected = !seen.contains(number) && newest - number < SIZE;
            assertThat(window.isNew(number)).isEqualTo(isExpected);
            if (isExpected) {
                window.add(number);
                seen.add(number);
                newest = Math.max(newest, number);
            }
        }
    }
}
