package dev.pitot.output.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificantDigitsTest {
    // Right column: output of the C library's printf("%.2g").
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1.1353711790393, 1.1",
        "3.9267015706806, 3.9",
        "0.2617801047120, 0.26",
        "49.288468, 49",
        "99.4, 99",
        "99.7, 1e+02",
        "100, 1e+02",
        "0.5, 0.5",
        "0.25, 0.25",
        "0.125, 0.12",
        "0.00012, 0.00012",
        "0.000012, 1.2e-05",
        "0.0000999, 0.0001"
    })
    void twoDigitsAreThoseOfPrintf(double value, String text) {
        assertThat(SignificantDigits.of(value, 2)).isEqualTo(text);
    }
}
