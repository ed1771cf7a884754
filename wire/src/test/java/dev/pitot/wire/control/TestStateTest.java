package dev.pitot.wire.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestStateTest {
    @ParameterizedTest
    @CsvSource({
        "1, TEST_START",
        "2, TEST_RUNNING",
        "4, TEST_END",
        "9, PARAM_EXCHANGE",
        "10, CREATE_STREAMS",
        "11, SERVER_TERMINATE",
        "12, CLIENT_TERMINATE",
        "13, EXCHANGE_RESULTS",
        "14, DISPLAY_RESULTS",
        "16, IPERF_DONE",
        "-1, ACCESS_DENIED",
        "-2, SERVER_ERROR",
    })
    void travelsAsIperfsNumber(byte number, TestState state) {
        assertThat(state.wireByte()).isEqualTo(number);
        assertThat(TestState.ofByte(number)).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 3, 5, 8, 15, 17, 71, 127, -3, -128})
    void otherBytesAreNoState(byte value) {
        assertThat(TestState.ofByte(value)).isNull();
    }

    /// Texts from golden/3.21/tcp-debug.txt.
    @ParameterizedTest
    @CsvSource({
        "PARAM_EXCHANGE, 9-PARAM_EXCHANGE - Client to Server Parameters Exchange",
        "CREATE_STREAMS, 10-CREATE_STREAMS",
        "TEST_START, 1-TEST_START - starting a new test",
        "TEST_RUNNING, 2-TEST_RUNNING",
        "TEST_END, 4-TEST_END",
        "EXCHANGE_RESULTS, 13-EXCHANGE_RESULTS",
        "DISPLAY_RESULTS, 14-DISPLAY_RESULTS",
        "IPERF_DONE, 16-IPERF_DONE",
        "ACCESS_DENIED, -1-ACCESS_DENIED - Server is busy",
    })
    void isDescribedAsInIperfsDebugOutput(TestState state, String description) {
        assertThat(state.description()).isEqualTo(description);
    }

    @ParameterizedTest
    @EnumSource(TestState.class)
    void noStateStartsWithTheByteThatAFrameStartsWith(TestState state) {
        assertThat(state.wireByte()).isNotZero();
    }

    @Test
    void noFrameMayBeSoLongThatItStartsWithAnotherByteThanZero() {
        assertThat(ControlDecoder.MAX_SERVER_RESULTS_BYTES >>> 24).isZero();
        assertThat(ControlDecoder.MAX_CLIENT_RESULTS_BYTES >>> 24).isZero();
    }
}
