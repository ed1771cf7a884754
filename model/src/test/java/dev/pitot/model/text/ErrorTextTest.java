package dev.pitot.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT10S, 10 s",
        "PT1.5S, 1.5 s",
        "PT0.1S, 100 ms",
        "PT0.0000015S, 0.0015 ms",
        "PT0S, 0 s",
        "PT-2S, -2 s",
        "PT-0.000000001S, -0.000001 ms",
        "PT1H, 3600 s",
        "PT1H0.000000001S, 3600.000000001 s",
        "PT2562047788015215H30M7S, 9223372036854775807 s"
    })
    void aTimeHasAUnit(Duration time, String text) {
        assertThat(ErrorText.of(time)).isEqualTo(text);
    }

    @Test
    void anAddressWithColonsHasBrackets() {
        assertThat(ErrorText.of("games.example", 5)).isEqualTo("games.example:5");
        assertThat(ErrorText.of("2001:db8::1", 5)).isEqualTo("[2001:db8::1]:5");
    }

    @Test
    void anExceptionHasNoNameOfAClassUnlessItSaysNothing() {
        assertThat(ErrorText.of(new IOException("no luck"))).isEqualTo("no luck");
        assertThat(ErrorText.of(new IOException())).isEqualTo("IOException");
        assertThat(ErrorText.of(new OutOfMemoryError("Java heap space"))).isEqualTo("out of memory (Java heap space)");
        assertThat(ErrorText.of(new OutOfMemoryError())).isEqualTo("out of memory");
    }

    @ParameterizedTest
    @CsvSource({"no luck, no luck.", "No luck., No luck.", "is it up?, is it up?", "no!, no!", "'', ."})
    void aSentenceHasOneEnd(String text, String sentence) {
        assertThat(ErrorText.sentence(text)).isEqualTo(sentence);
    }
}
