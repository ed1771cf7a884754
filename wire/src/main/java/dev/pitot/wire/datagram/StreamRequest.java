package dev.pitot.wire.datagram;

import dev.pitot.wire.control.Cookie;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// The two datagrams of 4 bytes that open a UDP stream: a client asks, the server answers from
/// the same port (iperf.h: UDP_CONNECT_MSG, UDP_CONNECT_REPLY and their LEGACY_ forms).
///
/// | written by          | request    | reply      |
/// |---------------------|------------|------------|
/// | 3.12 and later      | `39383736` | `36373839` |
/// | 3.12..3.16, swapped | `36373839` | `39383736` |
/// | up to 3.11          | `15cd5b07` | `b168de3a` |
/// | up to 3.11, swapped | `075bcd15` | `3ade68b1` |
///
/// Swapped are those of big-endian machines. Two texts stand for a request of one generation and
/// for a reply of another: which of them one is depends on who hears it.
///
/// A client of Pitot's sends a server of Pitot's, which agreed to that
/// ([dev.pitot.wire.control.ProtocolExtension]), 7 bytes more: the last 7 characters of the test's cookie.
/// They tell the requests of one address apart, and nobody can forge one who has not seen the cookie. All 11 are
/// less than the header of any datagram of a test, so a request that comes late or twice is none.
public final class StreamRequest {
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

    private StreamRequest() {}

    /// One row of the table, each datagram as a number with its first byte on top.
    private record Generation(int request, int reply) {}

    /// What a client sends: a new buffer on the heap.
    public static ByteBuffer request() {
        return datagram(REQUEST);
    }

    /// What a client of Pitot's sends a server of Pitot's: a new buffer on the heap.
    public static ByteBuffer request(Cookie cookie) {
        return ByteBuffer.allocate(Integer.BYTES + KEY_BYTES)
                .putInt(REQUEST)
                .put(key(cookie))
                .flip();
    }

    /// Whether a server may take a datagram for a request: what remains of the buffer is one of
    /// the four, or has the end of a cookie too. iperf's own servers take any datagram. No position moves.
    public static boolean isRequest(ByteBuffer datagram) {
        return isWithCookie(datagram)
                || (datagram.remaining() == Integer.BYTES
                        && GENERATIONS.stream().anyMatch(generation -> generation.request == number(datagram)));
    }

    /// Whether a datagram is a request with the end of a cookie. No position moves.
    public static boolean isWithCookie(ByteBuffer datagram) {
        return datagram.remaining() == Integer.BYTES + KEY_BYTES && number(datagram) == REQUEST;
    }

    /// Whether a request [with a cookie][#isWithCookie] has the end of this one. Takes as long for a near miss as for
    /// a wild guess. No position moves.
    public static boolean isOf(Cookie cookie, ByteBuffer request) {
        byte[] shown = new byte[KEY_BYTES];
        request.get(request.position() + Integer.BYTES, shown);
        return MessageDigest.isEqual(key(cookie), shown);
    }

    private static byte[] key(Cookie cookie) {
        return Arrays.copyOfRange(cookie.toBytes(), KEY_OFFSET, KEY_OFFSET + KEY_BYTES);
    }

    /// What the client that sent a request waits for: a new buffer on the heap.
    ///
    /// @throws IllegalArgumentException if it is no request
    public static ByteBuffer replyTo(ByteBuffer request) {
        if (!isRequest(request)) {
            throw new IllegalArgumentException("no request: " + request);
        }
        return GENERATIONS.stream()
                .filter(generation -> generation.request == number(request))
                .map(generation -> datagram(generation.reply))
                .findFirst()
                .orElseThrow();
    }

    /// Whether a client may take a datagram for the answer to its request: what remains of the
    /// buffer is one of the four. No position moves.
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
