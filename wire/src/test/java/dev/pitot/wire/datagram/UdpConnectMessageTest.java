package dev.pitot.wire.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.golden.GoldenSession;
import dev.pitot.wire.golden.GoldenSession.Datagram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpConnectMessageTest {
    static Stream<GoldenSession> sessions() {
        return GoldenSession.udp();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void saysWhatIperfSays(GoldenSession session) {
        List<Datagram> opening = session.datagrams().stream()
                .filter(datagram -> datagram.bytes() == Integer.BYTES)
                .toList();

        assertThat(opening)
                .isNotEmpty()
                .allSatisfy(datagram -> assertThat(datagram.start())
                        .isEqualTo(
                                datagram.fromClient()
                                        ? UdpConnectMessage.request()
                                        : UdpConnectMessage.replyTo(UdpConnectMessage.request())));
    }

    @ParameterizedTest
    @CsvSource({
        "39383736, 36373839",
        "36373839, 39383736",
        "15cd5b07, b168de3a",
        "075bcd15, 3ade68b1",
    })
    void answersInTheLanguageOfTheRequest(String request, String reply) {
        ByteBuffer asked = datagram(request);

        assertThat(UdpConnectMessage.isRequest(asked)).isTrue();
        ByteBuffer answer = UdpConnectMessage.replyTo(asked);

        assertThat(answer).isEqualTo(datagram(reply));
        assertThat(UdpConnectMessage.isReply(answer)).isTrue();
        assertThat(asked.remaining()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b168de3a", "3ade68b1", "00000000", "", "393837", "3938373600", "39383736393837363938373639"})
    void takesNothingElseForARequest(String hex) {
        assertThat(UdpConnectMessage.isRequest(datagram(hex))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> UdpConnectMessage.replyTo(datagram(hex)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15cd5b07", "075bcd15", "00000000", "", "363738", "3637383900", "000007950003df0b00000001"})
    void takesNothingElseForAReply(String hex) {
        assertThat(UdpConnectMessage.isReply(datagram(hex))).isFalse();
    }

    @Test
    void readsWhatRemainsInWhateverOrder() {
        ByteBuffer longer = datagram("00003938373600").position(2).limit(6).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(UdpConnectMessage.isRequest(longer)).isTrue();
        assertThat(UdpConnectMessage.isReply(longer)).isTrue();
        assertThat(UdpConnectMessage.replyTo(longer)).isEqualTo(datagram("36373839"));
        assertThat(longer.position()).isEqualTo(2);
    }

    @Test
    void eachRequestIsANewBuffer() {
        UdpConnectMessage.request().getInt();

        assertThat(UdpConnectMessage.request()).isEqualTo(datagram("39383736"));
    }

    private static ByteBuffer datagram(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @Test
    void aRequestShowsTheEndOfACookieToServersOfPitots() {
        var cookie = new Cookie("abcdefghijklmnopqrstuvwxyz234567abcd");
        ByteBuffer request = UdpConnectMessage.request(cookie);

        assertThat(request).isEqualTo(datagram("39383736" + "35363761626364"));
        assertThat(UdpConnectMessage.isRequest(request)).isTrue();
        assertThat(UdpConnectMessage.isWithCookie(request)).isTrue();
        assertThat(UdpConnectMessage.isOf(cookie, request)).isTrue();
        assertThat(UdpConnectMessage.isOf(new Cookie("abcdefghijklmnopqrstuvwxyz234567abce"), request))
                .isFalse();
        assertThat(UdpConnectMessage.replyTo(request)).isEqualTo(datagram("36373839"));
        assertThat(UdpConnectMessage.isWithCookie(UdpConnectMessage.request())).isFalse();
        assertThat(request.remaining()).isLessThan(DatagramHeader.bytes(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"36373839" + "35363761626364", "39383736" + "353637616263", "39383736" + "3536376162636465"})
    void otherDatagramsShowNoCookie(String hex) {
        assertThat(UdpConnectMessage.isWithCookie(datagram(hex))).isFalse();
        assertThat(UdpConnectMessage.isRequest(datagram(hex))).isFalse();
    }
}
