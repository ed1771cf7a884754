package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void pausesDoubleUpToAMinute() {
        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 1_000_000)
                        .mapToLong(attempt -> Retry.upTo(9).pauseAfter(attempt).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Retry.upTo(0)).hasMessage("attempts < 1: 0");
        assertThatThrownBy(() -> new Retry(1, Duration.ZERO, SECOND)).hasMessage("firstPause <= 0: PT0S");
        assertThatThrownBy(() -> new Retry(1, SECOND, Duration.ZERO)).hasMessage("longestPause < firstPause: PT0S");
        assertThatThrownBy(() -> RunOptions.DEFAULT.withDeadline(Duration.ZERO)).hasMessage("deadline <= 0: PT0S");
    }
}
