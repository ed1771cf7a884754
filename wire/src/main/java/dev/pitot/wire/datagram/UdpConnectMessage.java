package dev.pitot.wire.datagram;

import dev.pitot.wire.control.Cookie;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// Connect messages of a UDP stream: two datagrams of 4 bytes. The client sends a request, the
/// server replies from the same port (iperf.h: UDP_CONNECT_MSG, UDP_CONNECT_REPLY and their LEGACY_
/// forms).
///
/// | iperf version       | request    | reply      |
/// |---------------------|------------|------------|
/// | 3.12 and later      | `39383736` | `36373839` |
/// | 3.12..3.16, swapped | `36373839` | `39383736` |
/// | up to 3.11          | `15cd5b07` | `b168de3a` |
/// | up to 3.11, swapped | `075bcd15` | `3ade68b1` |
///
/// "Swapped" forms come from big-endian machines. Two of the values are the request of one version
/// and the reply of another; which one is meant depends on the receiver.
///
/// A Pitot client sends 7 more bytes to a Pitot server that agreed to it
/// ([dev.pitot.wire.control.ProtocolExtension]): the last 7 characters of the test's cookie. They
/// distinguish the requests of one address, and cannot be forged without knowing the cookie. The
/// total of 11 bytes is shorter than any datagram header of a test, so a late or repeated request is
/// not mistaken for test data.
public final class UdpConnectMessage {
    private static final int REQUEST = 0x39383736; // "9876"
    private static final int REPLY = 0x36373839; // "6789"
    private static final int LEGACY_REQUEST = 0x15cd5b07; // 123456789, least significant byte first
    private static final int LEGACY_REPLY = 0xb168de3a; // 987654321, least significant byte first

    private static final int KEY_BYTES = 7;
    private static final int KEY_OFFSET = Cookie.BYTES - 1 - KEY_BYTES; // without the NUL

    private static final List<Generation> GENERATIONS = List.of(
            new Generation(REQUEST, REPLY),
            new Generation(Integer.reverseBytes(REQUEST), Integer.reverseBytes(REPLY)),
            new Generation(LEGACY_REQUEST, LEGACY_REPLY),
            new Generation(Integer.reverseBytes(LEGACY_REQUEST), Integer.reverseBytes(LEGACY_REPLY)));

    private UdpConnectMessage() {}

    /// One row of the table, each datagram as a number, first byte most significant.
    private record Generation(int request, int reply) {}

    /// Returns the request of a client: a new heap buffer.
    public static ByteBuffer request() {
        return datagram(REQUEST);
    }

    /// Returns the request of a Pitot client to a Pitot server: a new heap buffer.
    public static ByteBuffer request(Cookie cookie) {
        return ByteBuffer.allocate(Integer.BYTES + KEY_BYTES)
                .putInt(REQUEST)
                .put(key(cookie))
                .flip();
    }

    /// True if a server may accept a datagram as a request: the rest of the buffer is one of the
    /// four, with or without the end of a cookie. iperf's own servers accept any datagram. The
    /// position does not change.
    public static boolean isRequest(ByteBuffer datagram) {
        return isWithCookie(datagram)
                || (datagram.remaining() == Integer.BYTES
                        && GENERATIONS.stream().anyMatch(generation -> generation.request == number(datagram)));
    }

    /// True if a datagram is a request with the end of a cookie. The position does not change.
    public static boolean isWithCookie(ByteBuffer datagram) {
        return datagram.remaining() == Integer.BYTES + KEY_BYTES && number(datagram) == REQUEST;
    }

    /// True if a request [with a cookie][#isWithCookie] has the end of this one. Compares in
    /// constant time. The position does not change.
    public static boolean isOf(Cookie cookie, ByteBuffer request) {
        byte[] shown = new byte[KEY_BYTES];
        request.get(request.position() + Integer.BYTES, shown);
        return MessageDigest.isEqual(key(cookie), shown);
    }

    private static byte[] key(Cookie cookie) {
        return Arrays.copyOfRange(cookie.toBytes(), KEY_OFFSET, KEY_OFFSET + KEY_BYTES);
    }

    /// Returns the reply that the sender of a request expects: a new heap buffer.
    ///
    /// @throws IllegalArgumentException if it is not a request
    public static ByteBuffer replyTo(ByteBuffer request) {
        if (!isRequest(request)) {
            throw new IllegalArgumentException("not a UDP connect request: " + request);
        }
        return GENERATIONS.stream()
                .filter(generation -> generation.request == number(request))
                .map(generation -> datagram(generation.reply))
                .findFirst()
                .orElseThrow();
    }

    /// True if a client may accept a datagram as the reply to its request: the rest of the buffer
    /// is one of the four. The position does not change.
    public static boolean isReply(ByteBuffer datagram) {
        return datagram.remaining() == Integer.BYTES
                && GENERATIONS.stream().anyMatch(generation -> generation.reply == number(datagram));
    }

    private static int number(ByteBuffer datagram) {
        int number = datagram.getInt(datagram.position());
        return datagram.order() == ByteOrder.BIG_ENDIAN ? number : Integer.reverseBytes(number);
    }

    private static ByteBuffer datagram(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
    }
}
