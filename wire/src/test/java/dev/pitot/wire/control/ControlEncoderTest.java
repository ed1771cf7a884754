package dev.pitot.wire.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.error.IperfError;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ControlEncoderTest {
    @Test
    void aStateIsOneByte() {
        assertThat(ControlEncoder.state(TestState.IPERF_DONE)).containsExactly(16);
        assertThat(ControlEncoder.state(TestState.ACCESS_DENIED)).containsExactly(0xff);
    }

    @Test
    void aFrameIsItsLengthAndUtf8() {
        assertThat(hex(ControlEncoder.frame("\"ü\""))).isEqualTo("0000000422c3bc22");
    }

    @Test
    void textThatIsNoUnicodeBecomesAQuestionMark() {
        assertThat(hex(ControlEncoder.frame("\"\ud800\""))).isEqualTo("00000003223f22");
    }

    @Test
    void aServerErrorCarriesTwoNumbers() {
        assertThat(hex(ControlEncoder.serverError(IperfError.SET_TRAFFIC_CLASS, 95)))
                .isEqualTo("fe0000007e0000005f"); // golden/wire/3.21/tcp-all-params.txt
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
