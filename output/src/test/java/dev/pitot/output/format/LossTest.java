package dev.pitot.output.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
    @ParameterizedTest
    @CsvSource({
        "13, 1145, 13, 1.1353711790393013",
        "0, 0, 0, 0",
        "5, 0, 5, 0",
        "5, -1, 5, 0",
        "-5, 10, 0, 0",
        "15, 10, 15, 100",
        "10, 10, 10, 100",
        "9223372036854775807, 9223372036854775807, 9223372036854775807, 100"
    })
    void isNeverNegativeAndNeverMoreThanAll(long lost, long packets, long shown, double percent) {
        assertThat(Loss.of(lost, packets)).isEqualTo(new Loss(shown, percent));
    }

    @Test
    void isComputedAsIperfDoes() {
        assertThat(Loss.of(175_581, 277_712).percent()).isEqualTo(63.22413147433312);
    }
}
