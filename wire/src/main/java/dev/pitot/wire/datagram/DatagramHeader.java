package dev.pitot.wire.datagram;

import java.nio.ByteBuffer;

/// Header of each datagram of a UDP test: send time and sequence number, most significant byte
/// first (iperf_udp.c: iperf_udp_send, iperf_udp_recv). Nothing is allocated here, buffer positions
/// do not change, and buffers must be big-endian, which is the default.
///
/// | offset | bytes  | content                                         |
/// |--------|--------|-------------------------------------------------|
/// | 0      | 4      | seconds of the sender's clock, unsigned         |
/// | 4      | 4      | microseconds                                    |
/// | 8      | 4 or 8 | sequence number in the stream: 1, 2, 3 …        |
public final class DatagramHeader {
    private static final int MICROS_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    private DatagramHeader() {}

    /// Header length in bytes.
    ///
    /// @param wide whether sequence numbers have 64 bits (`--udp-counters-64bit`)
    public static int bytes(boolean wide) {
        return SEQUENCE_AT + (wide ? Long.BYTES : Integer.BYTES);
    }

    /// Writes a header.
    ///
    /// @param offset start of the datagram, from the start of the buffer
    /// @param sentNanos time of any monotonic clock, such as nanoTime, which may be negative. Its
    ///     seconds are sent modulo 2^32, its microseconds without fraction
    /// @param sequence 1 or more; sent modulo 2^32 unless `wide`
    /// @throws IndexOutOfBoundsException if the buffer ends within the header
    public static void write(ByteBuffer block, int offset, long sentNanos, long sequence, boolean wide) {
        block.putInt(offset, (int) Math.floorDiv(sentNanos, NANOS_PER_SECOND));
        block.putInt(offset + MICROS_AT, (int) (Math.floorMod(sentNanos, NANOS_PER_SECOND) / NANOS_PER_MICRO));
        if (wide) {
            block.putLong(offset + SEQUENCE_AT, sequence);
        } else {
            block.putInt(offset + SEQUENCE_AT, (int) sequence);
        }
    }

    /// Sequence number of a datagram in its stream, from 1; 0..2^32−1 unless `wide`. A wide number
    /// from a hostile peer may be negative.
    ///
    /// @throws IndexOutOfBoundsException if the buffer ends within the header
    public static long sequence(ByteBuffer block, int offset, boolean wide) {
        return wide ? block.getLong(offset + SEQUENCE_AT) : Integer.toUnsignedLong(block.getInt(offset + SEQUENCE_AT));
    }

    /// Send time of a datagram, in nanoseconds of the sender's clock, of which only differences are
    /// meaningful; 0..4.3e18. It wraps after 2^32 s.
    ///
    /// @throws IndexOutOfBoundsException if the buffer ends within the time
    public static long sentNanos(ByteBuffer block, int offset) {
        return Integer.toUnsignedLong(block.getInt(offset)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong(block.getInt(offset + MICROS_AT)) * NANOS_PER_MICRO;
    }
}
