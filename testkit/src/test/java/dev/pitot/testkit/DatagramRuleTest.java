package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatagramRuleTest {
    private static List<Long> numbers(DatagramRule rule, Class<? extends DatagramAction> action, long last) {
        return LongStream.rangeClosed(1, last)
                .filter(number -> action.isInstance(rule.actionOf(number)))
                .boxed()
                .toList();
    }

    @Test
    void aPerfectLinkPassesAll() {
        assertThat(numbers(DatagramRule.passAll(), DatagramAction.Pass.class, 100))
                .hasSize(100);
    }

    @Test
    void dropsEveryNth() {
        assertThat(numbers(DatagramRule.dropEvery(50), DatagramAction.Drop.class, 149))
                .containsExactly(50L, 100L);
    }

    @Test
    void dropsGivenNumbers() {
        assertThat(numbers(DatagramRule.drop(1, 7, 9), DatagramAction.Drop.class, 8))
                .containsExactly(1L, 7L);
    }

    @Test
    void dropsTheSameAtRandomForTheSameSeed() {
        List<Long> first = numbers(DatagramRule.dropOneIn(10, 42), DatagramAction.Drop.class, 10_000);

        assertThat(numbers(DatagramRule.dropOneIn(10, 42), DatagramAction.Drop.class, 10_000))
                .isEqualTo(first);
        assertThat(numbers(DatagramRule.dropOneIn(10, 43), DatagramAction.Drop.class, 10_000))
                .isNotEqualTo(first);
        assertThat(first).hasSizeBetween(800, 1_200);
    }

    @Test
    void duplicatesEveryNth() {
        assertThat(numbers(DatagramRule.duplicateEvery(3), DatagramAction.Duplicate.class, 7))
                .containsExactly(3L, 6L);
    }

    @Test
    void swappingIsBeingOvertakenByOne() {
        assertThat(DatagramRule.swapEvery(5).actionOf(10)).isEqualTo(new DatagramAction.Delay(1));
        assertThat(DatagramRule.swapEvery(5).actionOf(11)).isEqualTo(new DatagramAction.Pass());
    }

    @Test
    void delaysOneDatagram() {
        assertThat(numbers(DatagramRule.delay(4, 3), DatagramAction.Delay.class, 100))
                .containsExactly(4L);
        assertThat(DatagramRule.delay(4, 3).actionOf(4)).isEqualTo(new DatagramAction.Delay(3));
    }

    @Test
    void aSecondRuleDecidesOnWhatTheFirstPasses() {
        DatagramRule both = DatagramRule.dropEvery(2).or(DatagramRule.duplicateEvery(3));

        assertThat(numbers(both, DatagramAction.Drop.class, 12)).containsExactly(2L, 4L, 6L, 8L, 10L, 12L);
        assertThat(numbers(both, DatagramAction.Duplicate.class, 12)).containsExactly(3L, 9L);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatagramRule.dropEvery(0))
                .withMessage("n < 1: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> DatagramRule.duplicateEvery(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> DatagramRule.dropOneIn(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatagramRule.swapEvery(1))
                .withMessage("n < 2: 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatagramRule.delay(1, 0))
                .withMessage("others < 1: 0");
    }
}
