package dev.pitot.model.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitScaleTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10, 10",
        "1K, 1024",
        "1k, 1024",
        "2M, 2097152",
        "1g, 1073741824",
        "1T, 1099511627776",
        "1.5K, 1536",
        ".5k, 512",
        "2.k, 2048",
    })
    void sizesAreBinary(String text, long bytes) {
        assertThat(UnitScale.BINARY.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10, 10",
        "1K, 1000",
        "1k, 1000",
        "2M, 2000000",
        "1g, 1000000000",
        "1T, 1000000000000",
        "1.5M, 1500000",
        "1e6, 1000000",
        "2.5E+3k, 2500000",
        "1e-1k, 100",
    })
    void ratesAreDecimal(String text, long bitsPerSecond) {
        assertThat(UnitScale.DECIMAL.parse(text)).isEqualTo(bitsPerSecond);
    }

    @ParameterizedTest
    @CsvSource({"10Mb, 10000000", "1kbit/s, 1000", "3G!, 3000000000"})
    void onlyTheFirstLetterAfterTheNumberCounts(String text, long expected) {
        assertThat(UnitScale.DECIMAL.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.9, 1", "0.9, 0", "1.0009K, 1024"})
    void roundsTowardsZero(String text, long expected) {
        assertThat(UnitScale.BINARY.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "K", "abc", "-1", "+1", " 1", "1 ", "1x", "e3", "1..2", "0x10", "NaN", "Infinity", "٣"})
    void refusesWhatIsNoNumberWithAKnownSuffix(String text) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> UnitScale.BINARY.parse(text))
                .withMessage("invalid unit value or suffix: '" + text + "'")
                .extracting(InvalidSettingException::error)
                .isEqualTo(IperfError.UNIT_SUFFIX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9300000T", "99999999999999999999", "1000000000000000000000G"})
    void refusesWhatNoLongCanHold(String text) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> UnitScale.DECIMAL.parse(text))
                .extracting(InvalidSettingException::error)
                .isEqualTo(IperfError.UNIT_SUFFIX);
    }
}
