package dev.pitot.wire.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Iperf2DetectorTest {
    /// The first 37 bytes of iperf 2.1.8 with no option, `-P 2`, `-R` and `--trip-times`.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4001007800000001000015170000000000000000ffffff9c00000000000000000000000000",
                "4001007800000002000015170000000000000000ffffff9c00000000000000000000000000",
                "4401007800000001000015170000000000000000ffffff9c00000000000000000400000000",
                "400100a000000001000015170000000000000000ffffff9c00000000000000000010000000"
            })
    void knowsItsHeader(String hex) {
        assertThat(Iperf2Detector.isClient(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isTrue();
    }

    @Test
    void knowsThePayloadOfOlderOnes() {
        byte[] digits = "0123456789012345678901234567890123456".getBytes(StandardCharsets.US_ASCII);

        assertThat(Iperf2Detector.isClient(ByteBuffer.wrap(digits))).isTrue();
    }

    @Test
    void takesNoCookieForIt() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(Iperf2Detector.isClient(
                            ByteBuffer.wrap(Cookie.random(random).toBytes())))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: 127.0.0.1:5201\r", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12", ""})
    void takesNothingElseForIt(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(Iperf2Detector.isClient(ByteBuffer.wrap(bytes))).isFalse();
    }
}
