package dev.pitot.wire.datagram;

import java.nio.ByteBuffer;

/// Datagram from the receiver of a UDP stream to its sender: how far the receiver has read. Only between two
/// Pitots ([dev.pitot.wire.control.ProtocolExtension#hasReadReports()]), on the stream's own connection. All
/// numbers are big-endian. Positions and limits of buffers do not change.
///
/// | offset | bytes | content                                                        |
/// |--------|-------|----------------------------------------------------------------|
/// | 0      | 4     | `50525244`                                                     |
/// | 4      | 4     | datagrams that the receiver's socket can hold unread, 1..2^31−1 |
/// | 8      | 8     | highest sequence number read, 0 before the first               |
public final class ReadReport {
    /// Length of a report.
    public static final int BYTES = 16;

    private static final int MAGIC = 0x50525244; // "PRRD"
    private static final int ROOM_AT = 4;
    private static final int HIGHEST_AT = 8;

    private ReadReport() {}

    /// Writes a report at the beginning of a buffer.
    ///
    /// @param block at least [#BYTES] long, big-endian
    public static void write(ByteBuffer block, int room, long highest) {
        block.putInt(0, MAGIC).putInt(ROOM_AT, room).putLong(HIGHEST_AT, highest);
    }

    /// True if a buffer holds a report at an offset, from its first to its last byte.
    ///
    /// @param end end of what was received into the buffer
    public static boolean isReport(ByteBuffer block, int offset, int end) {
        return end - offset >= BYTES && block.getInt(offset) == MAGIC && room(block, offset) > 0;
    }

    /// Datagrams that the receiver's socket can hold unread.
    public static int room(ByteBuffer block, int offset) {
        return block.getInt(offset + ROOM_AT);
    }

    /// Highest sequence number that the receiver has read; from a hostile receiver any number.
    public static long highest(ByteBuffer block, int offset) {
        return block.getLong(offset + HIGHEST_AT);
    }
}
