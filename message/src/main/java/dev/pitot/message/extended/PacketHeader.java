package dev.pitot.message.extended;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The header that all datagrams of the extended mode have in common: connection id (4), mark (1), kind (1),
/// checksum (4).
final class PacketHeader {
    static final int MARK = 0xF5;
    static final int CHALLENGE = 0xE0;
    static final int HELLO = 0xE1;
    static final int WELCOME = 0xE2;
    static final int REFUSAL = 0xE3;
    static final int RESET = 0xE4;
    static final int PACKET = 0xEF;

    static final int MARK_AT = 4;
    static final int HEADER = 10;

    /// The smallest limit of a path that is reckoned with: RFC 9000, section 14.
    static final int MIN_SIZE = 1200;

    /// As legume: `MTU` in its `udp/connection.py`.
    static final int MAX_SIZE = 1400;

    static final int VERSION = 1;

    private static final int KIND_AT = 5;
    private static final int CHECKSUM_AT = 6;

    private PacketHeader() {}

    static boolean isMarked(ByteBuffer datagram) {
        return datagram.remaining() >= HEADER && unsigned(datagram, datagram.position() + MARK_AT) == MARK;
    }

    static int kind(ByteBuffer datagram) {
        return unsigned(datagram, datagram.position() + KIND_AT);
    }

    static int unsigned(ByteBuffer buffer, int at) {
        return buffer.get(at) & 0xFF;
    }

    static int unsignedShort(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xFFFF;
    }

    static long unsignedInt(ByteBuffer buffer, int at) {
        return buffer.getInt(at) & 0xFFFF_FFFFL;
    }

    /// Writes a header at the position and goes behind it. The checksum is written by [#seal].
    static void begin(ByteBuffer into, int id, int kind) {
        into.putInt(id).put((byte) MARK).put((byte) kind).putInt(0);
    }

    /// Writes the checksum of a datagram from position to limit, which stay.
    static void seal(ByteBuffer datagram, CRC32C crc) {
        datagram.putInt(datagram.position() + CHECKSUM_AT, checksum(datagram, crc));
    }

    /// True if the checksum is right of a datagram that is as long as a header at least.
    static boolean isIntact(ByteBuffer datagram, CRC32C crc) {
        return datagram.getInt(datagram.position() + CHECKSUM_AT) == checksum(datagram, crc);
    }

    private static int checksum(ByteBuffer datagram, CRC32C crc) {
        int start = datagram.position();
        int end = datagram.limit();
        crc.reset();
        datagram.limit(start + CHECKSUM_AT);
        crc.update(datagram);
        datagram.limit(end).position(start + HEADER);
        crc.update(datagram);
        datagram.position(start);
        return (int) crc.getValue();
    }
}
