package dev.pitot.model.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.model.error.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitrateTest {
    @Test
    void zeroMeansNoLimit() {
        assertThat(Bitrate.UNLIMITED.isUnlimited()).isTrue();
        assertThat(new Bitrate(0)).isEqualTo(Bitrate.UNLIMITED);
        assertThat(new Bitrate(1).isUnlimited()).isFalse();
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bitrate(-1)).withMessage("bitsPerSecond < 0: -1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "10, 10",
        "1K, 1000",
        "100M, 100000000",
        "2.5G, 2500000000",
        "1e6, 1000000",
        "' +3k ', 3000"
    })
    void isReadAsTheCommandLineReadsIt(String text, long bitsPerSecond) {
        assertThat(Bitrate.parse(text)).isEqualTo(new Bitrate(bitsPerSecond));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "-1", "10x", "0x10", "1e30", "9.3E"})
    void whatIsNotARateIsRefusedInIperfsWords(String text) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Bitrate.parse(text))
                .withMessage("invalid unit value or suffix: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", ".9", "0.0001k"})
    void aRateThatWouldBecomeNoLimitIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bitrate.parse(text))
                .withMessage("rate below 1 bit/s, use 0 for no limit: '" + text + "'");
    }

    @Test
    void megabitsAreDecimal() {
        assertThat(Bitrate.ofMegabits(100)).isEqualTo(new Bitrate(100_000_000));
        assertThat(Bitrate.ofMegabits(0)).isEqualTo(Bitrate.UNLIMITED);
        assertThat(Bitrate.ofMegabits(9_223_372_036_854L).bitsPerSecond()).isEqualTo(9_223_372_036_854_000_000L);
        assertThatIllegalArgumentException().isThrownBy(() -> Bitrate.ofMegabits(9_223_372_036_855L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bitrate.ofMegabits(-1))
                .withMessage("megabits out of range: -1");
    }
}
