package dev.pitot.model.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    @Test
    void measuresFromItsStartToItsEnd() {
        var span = new Span(1_500_000_000L, 4_000_000_000L);

        assertThat(span.nanos()).isEqualTo(2_500_000_000L);
        assertThat(span.startSeconds()).isEqualTo(1.5);
        assertThat(span.endSeconds()).isEqualTo(4.0);
        assertThat(span.seconds()).isEqualTo(2.5);
    }

    @Test
    void startsAtZeroUnlessTold() {
        assertThat(Span.until(7)).isEqualTo(new Span(0, 7));
    }

    @Test
    void ratesAreBitsPerSecond() {
        assertThat(Span.until(2_000_000_000L).bitsPerSecond(1_000)).isEqualTo(4_000.0);
    }

    @Test
    void aSpanWithoutLengthHasNoRate() {
        assertThat(new Span(5, 5).bitsPerSecond(1_000)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "-1, 1", "-2, -1"})
    void refusesToEndBeforeItStartsOrToStartBeforeZero(long start, long end) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Span(start, end))
                .withMessage("not a span: " + start + ".." + end);
    }
}
