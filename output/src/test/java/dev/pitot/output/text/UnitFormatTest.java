package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.error.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitFormatTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0,0.00 Byte",
                "9.994,9.99 Byte",
                "9.995,10.0 Byte",
                "99.94,99.9 Byte",
                "99.95, 100 Byte",
                "999.5,1000 Byte",
                "1000,1000 Byte",
                "1023,1023 Byte",
                "1024,1.00 KByte",
                "131072, 128 KByte",
                "1047728,1023 KByte",
                "1048575,1024 KByte",
                "1048576,1.00 MByte",
                "1649267441664,1.50 TByte",
                "11258999068426240,10240 TByte"
            })
    void bytesTakeTheUnitThatFits(double bytes, String text) {
        assertThat(UnitFormat.ADAPTIVE_BYTES.format(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0,0.00 bit",
                "1,8.00 bit",
                "124.875, 999 bit",
                "125,1.00 Kbit",
                "1250000,10.0 Mbit",
                "1255000,10.0 Mbit", // 10.04
                "1650000000,13.2 Gbit",
                "125000000000,1.00 Tbit",
                "2500000000000000,20000 Tbit"
            })
    void bitsTakeTheUnitThatFits(double bytes, String text) {
        assertThat(UnitFormat.ADAPTIVE_BITS.format(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "k,25774676 Kbit",
                "m,25775 Mbit",
                "g,25.8 Gbit",
                "t,0.03 Tbit",
                "K,3146323 KByte",
                "M,3073 MByte",
                "G,3.00 GByte",
                "T,0.00 TByte"
            })
    void aFixedUnitStaysWhateverTheAmount(char letter, String text) {
        assertThat(UnitFormat.ofLetter(letter).format(25_774_676_000L / 8.0)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0.125,0.12 Byte",
                "0.375,0.38 Byte",
                "2.675,2.67 Byte",
                "10.25,10.2 Byte",
                "10.75,10.8 Byte",
                "100.5, 100 Byte",
                "101.5, 102 Byte"
            })
    void tiesAreRoundedToEvenAsPrintfDoes(double bytes, String text) {
        assertThat(UnitFormat.ADAPTIVE_BYTES.format(bytes)).isEqualTo(text);
    }

    @Test
    void anotherLetterIsRefused() {
        assertThatThrownBy(() -> UnitFormat.ofLetter('x'))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("bad format specifier (valid formats are in the set [kmgtKMGT])");
    }
}
