package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatagramReaderTest {
    private final DatagramReader reader = new DatagramReader(UserTypes.PYTHON_2);

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00", // what stops an original
                "0001000000", // half a header
                "0001000000630000", // no such type
                "0001000000000000", // nor 0
                "000100000001", // nor 1
                "00010000000b", // nor 11
                "000100000014", // a user's type that is not framed
                "0001000000c8000000", // a field cut off
                "0001000000c80000000700", // a byte behind
                "00010000001e0005414243", // a text longer than the datagram
                "00010000001e00", // half the length of a text
                "000200000207" + "ff", // good, then rubbish
                "000100000407", // a flag bit that legume never sends
                "000100010007", // a sequence number that legume never sends
                "000100000107", // in order, but of the protocol
                "00000000F5E01234", // a challenge of extended mode
            })
    void whatNoPeerSendsIsMalformed(String hex) {
        ByteBuffer datagram = bytes(hex);

        assertThat(reader.begin(datagram)).isFalse();

        assertThat(datagram.position()).isZero();
        assertThat(datagram.remaining()).isEqualTo(hex.length() / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000300000063", // a user's type
                "00030000000b" + "0004000000ff", // one of the protocol's, with something behind
            })
    void whatPrecedesAMessageOfAnUnknownTypeIsRead(String unknown) {
        ByteBuffer datagram = bytes("00010000000800000001" + "0002000000c800000007" + unknown);

        assertThat(reader.begin(datagram)).isTrue();

        assertThat(reader.isWhole()).isFalse();
        assertThat(reader.isUnknownType()).isTrue();
        assertThat(reader.failedType()).isEqualTo(unknown.length() == 12 ? 0x63 : 11);
        assertThat(reader.next()).isTrue();
        assertThat(reader.ackedId()).isEqualTo(1);
        assertThat(reader.next()).isTrue();
        assertThat(HexFormat.of().formatHex(remaining(reader.payload()))).isEqualTo("c800000007");
        assertThat(reader.next()).isFalse();
        reader.release();
        assertThat(datagram.remaining()).isEqualTo(20 + unknown.length() / 2);
    }

    @Test
    void fourteenHundredBytesAreReadAndOneMoreIsNot() {
        byte[] full = new byte[1_400]; // 140 acknowledgements
        byte[] ack = HexFormat.of().parseHex("00010000000800000001");
        for (int i = 0; i < 140; i++) {
            System.arraycopy(ack, 0, full, 10 * i, 10);
        }
        byte[] more = new byte[1_406];
        System.arraycopy(full, 0, more, 0, 1_400);
        more[1_405] = 7;

        assertThat(reader.begin(ByteBuffer.wrap(full))).isTrue();
        int count = 0;
        while (reader.next()) {
            count++;
        }

        assertThat(count).isEqualTo(140);
        assertThat(reader.begin(ByteBuffer.wrap(more))).isFalse();
    }

    @Test
    void theHandshakeMayCarryBitsThatLegumeIgnores() {
        assertThat(reader.begin(bytes("0001BEEFFE0204"))).isTrue();

        assertThat(reader.next()).isTrue();
        assertThat(reader.sequence()).isEqualTo(0xBEEF);
        assertThat(reader.flags()).isEqualTo(0xFE);
        assertThat(reader.protocol()).isEqualTo(4);
        assertThat(reader.isInOrder()).isFalse();
    }

    @Test
    void aDatagramIsReadWhereItLiesAndGivenBackAsItCame() {
        ByteBuffer datagram = bytes("FFFF" + "0001000000c800000007" + "0002000000ff" + "FFFF")
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(2)
                .limit(18);

        assertThat(reader.begin(datagram)).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(HexFormat.of().formatHex(remaining(reader.payload()))).isEqualTo("c800000007");
        assertThat(reader.next()).isTrue();
        assertThat(HexFormat.of().formatHex(remaining(reader.payload()))).isEqualTo("ff");
        assertThat(reader.next()).isFalse();
        reader.release();

        assertThat(datagram.position()).isEqualTo(2);
        assertThat(datagram.limit()).isEqualTo(18);
    }

    private static byte[] remaining(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void aRequestIsFoundAmongMessagesOfTheProtocolAndNowhereElse() {
        assertThat(ConnectRequest.in(bytes("0001BEEFAA0204"))).isEqualTo(new ConnectRequest(1, 0xBEEF, 0xAA, 4));
        assertThat(ConnectRequest.in(bytes("000200000009000100010000020203")))
                .isEqualTo(new ConnectRequest(1, 0, 2, 3));
        assertThat(ConnectRequest.isConnectRequest(bytes("000200000204"))).isFalse(); // Accepted
        assertThat(ConnectRequest.isConnectRequest(bytes("00010000020204" + "0002000000ff")))
                .isFalse();
        assertThat(ConnectRequest.isConnectRequest(bytes("0001000002020400"))).isFalse();
        assertThat(ConnectRequest.isConnectRequest(bytes(""))).isFalse();
    }
}
