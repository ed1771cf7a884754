package dev.pitot.wire.control;

import java.nio.ByteBuffer;

/// Detector for clients of iperf 2, which uses a different protocol.
public final class Iperf2Detector {
    // iperf 2.1, payloads.h: struct client_hdr_v1, 32-bit words, most significant byte first
    private static final int FLAGS = 0;
    private static final int THREADS = 4;
    private static final int PORT = 8;
    private static final int HEADER_BYTES = 12;
    private static final int HEADER_VERSION1 = 0x8000_0000;
    private static final int HEADER_EXTEND = 0x4000_0000;
    private static final int MAX_PORT = 65_535;
    private static final int DIGITS = 10;

    private Iperf2Detector() {}

    /// True if the first bytes of a connection are those of an iperf 2 client: its header, or the
    /// digits that older versions send without one. No iperf3 cookie looks like this.
    ///
    /// @param first as many bytes as a cookie has, [Cookie#BYTES]; the position does not change
    public static boolean isClient(ByteBuffer first) {
        return isHeader(first) || isDigits(first);
    }

    private static boolean isHeader(ByteBuffer first) {
        if (first.remaining() < HEADER_BYTES) {
            return false;
        }
        int start = first.position();
        int flags = first.getInt(start + FLAGS);
        int threads = first.getInt(start + THREADS);
        int port = first.getInt(start + PORT);
        return (flags & (HEADER_VERSION1 | HEADER_EXTEND)) != 0
                && threads > 0
                && threads <= MAX_PORT
                && port > 0
                && port <= MAX_PORT;
    }

    private static boolean isDigits(ByteBuffer first) {
        for (int i = 0; i < first.remaining(); i++) {
            if (first.get(first.position() + i) != '0' + i % DIGITS) {
                return false;
            }
        }
        return first.hasRemaining();
    }
}
