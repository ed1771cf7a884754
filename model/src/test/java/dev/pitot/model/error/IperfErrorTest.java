package dev.pitot.model.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IperfErrorTest {
    @Test
    void everyNumberIsUsedOnce() {
        assertThat(IperfError.values()).extracting(IperfError::number).doesNotHaveDuplicates();
    }

    @Test
    void numbersRiseInTheOrderOfDeclaration() {
        assertThat(IperfError.values()).extracting(IperfError::number).isSorted();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNumber(IperfError error) {
        assertThat(IperfError.ofNumber(error.number())).isSameAs(error);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 19, 99, 302, Integer.MAX_VALUE})
    void anUnknownNumberIsAbsent(int number) {
        assertThat(IperfError.ofNumber(number)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"DURATION, 5", "PORT, 26", "UNIT_SUFFIX, 38", "CONNECT, 103", "BUSY, 121", "STREAM_ID, 208"})
    void hasTheNumberOfIperf(IperfError error, int number) {
        assertThat(error.number()).isEqualTo(number);
    }

    @Test
    void appendsAReasonWhereIperfAppendsOne() {
        assertThat(IperfError.STREAM_CONNECT.text("Connection refused"))
                .isEqualTo("unable to connect stream: Connection refused");
        assertThat(IperfError.STREAM_CONNECT.text()).isEqualTo("unable to connect stream: ");
    }

    @Test
    void leavesAReasonOutWhereIperfHasNone() {
        assertThat(IperfError.BUSY.text("Connection refused"))
                .isEqualTo("the server is busy running a test. try again later")
                .isEqualTo(IperfError.BUSY.text());
    }

    @Test
    void systemsReasonsAreThoseOfItsLibrary() {
        assertThat(Errno.text(93)).isEqualTo("Protocol not supported");
        assertThat(Errno.text(4711)).isEqualTo("errno 4711");
        assertThat(Errno.values())
                .extracting(Errno::number)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void anInvalidSettingCarriesItsError() {
        var plain = new InvalidSettingException(IperfError.BURST);
        var detailed = new InvalidSettingException(IperfError.UNIT_SUFFIX, "'1x'");

        assertThat(plain).hasMessage("invalid burst count (maximum = 1000)");
        assertThat(plain.error()).isEqualTo(IperfError.BURST);
        assertThat(detailed).hasMessage("invalid unit value or suffix: '1x'");
        assertThat(detailed.error()).isEqualTo(IperfError.UNIT_SUFFIX);
    }
}
