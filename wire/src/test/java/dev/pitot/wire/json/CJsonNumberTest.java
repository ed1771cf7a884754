package dev.pitot.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CJsonNumberTest {
    /// The first texts are from golden/wire; the others are the output of C's printf.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "95.192453296353",
                "0.78822366743177763",
                "1.000872",
                "2.7086428540875232e-05",
                "4.2695463011777241e-06",
                "5.994291444798e-05",
                "0",
                "1",
                "-1",
                "0.5",
                "-0.5",
                "0.0001",
                "0.00012345",
                "1e-05",
                "123456789.123457",
                "9007199254740992",
                "1e+19",
                "1.5e+300",
                "1e-300",
                "4.94065645841247e-324",
            })
    void printsWhatCJsonPrints(String text) {
        assertThat(CJsonNumber.format(Double.parseDouble(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.0, 0",
        "1e15, 1000000000000000",
        "1e18, 1000000000000000000",
        "9.223372036854775807E18, 9223372036854775807",
        "0.30000000000000004, 0.3", // one unit in the last place is treated as equal
        "0.1, 0.1",
        "123456.7890123456, 123456.7890123456",
    })
    void prefersShortTexts(double value, String text) {
        assertThat(CJsonNumber.format(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsNull(double value) {
        assertThat(CJsonNumber.format(value)).isEqualTo("null");
    }

    @Test
    void losesNoMoreThanTheLastBit() {
        var random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                double back = Double.parseDouble(CJsonNumber.format(value));

                assertThat(Math.abs(back - value)).isLessThanOrEqualTo(2 * Math.ulp(value));
            }
        }
    }
}
