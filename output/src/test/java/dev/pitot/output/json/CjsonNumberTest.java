package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CjsonNumberTest {
    // Right column: output of the C library's printf and of iperf.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-3, -3",
        "1e15, 1000000000000000",
        "9007199254740992, 9007199254740992",
        "1e300, 1e+300",
        "0.5, 0.5",
        "1.000906, 1.000906",
        "1.0009059906005859, 1.0009059906005859",
        "27431007554.6217, 27431007554.6217",
        "12956001376.531683, 12956001376.531683",
        "0.00012, 0.00012",
        "0.000012, 1.2e-05",
        "1.5e-10, 1.5e-10",
        "0.1, 0.1",
        "NaN, null",
        "Infinity, null",
        "-Infinity, null"
    })
    void isWrittenAsByCjson(double value, String text) {
        assertThat(CjsonNumber.of(value)).isEqualTo(text);
    }
}
