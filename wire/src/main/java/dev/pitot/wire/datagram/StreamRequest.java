package dev.pitot.wire.datagram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
public final class StreamRequest {
    private static final int REQUEST = 0x39383736; // "9876"
    private static final int REPLY = 0x36373839; // "6789"
    private static final int LEGACY_REQUEST = 0x15cd5b07; // 123456789, least significant byte first
    private static final int LEGACY_REPLY = 0xb168de3a; // 987654321, least significant byte first

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

    /// Whether a server may take a datagram for a request: what remains of the buffer is one of
    /// the four. iperf's own servers take any datagram. No position moves.
    public static boolean isRequest(ByteBuffer datagram) {
        return datagram.remaining() == Integer.BYTES
                && GENERATIONS.stream().anyMatch(generation -> generation.request == number(datagram));
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
