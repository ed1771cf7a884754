package dev.pitot.wire.datagram;

import java.nio.ByteBuffer;

/// The start of each datagram of a UDP test: when it was sent and its number, most significant
/// byte first (iperf_udp.c: iperf_udp_send, iperf_udp_recv). Nothing is allocated here, no
/// position moves, and buffers must be big-endian, as they are unless told otherwise.
///
/// | offset | bytes  | content                                         |
/// |--------|--------|-------------------------------------------------|
/// | 0      | 4      | seconds of the sender's clock, without a sign   |
/// | 4      | 4      | microseconds                                    |
/// | 8      | 4 or 8 | number of the datagram in its stream, 1, 2, 3 … |
public final class DatagramHeader {
    private static final int MICROS_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    private DatagramHeader() {}

    /// How long a header is.
    ///
    /// @param wide whether numbers have 64 bits (`--udp-counters-64bit`)
    public static int bytes(boolean wide) {
        return SEQUENCE_AT + (wide ? Long.BYTES : Integer.BYTES);
    }

    /// Writes a header.
    ///
    /// @param offset where the datagram starts, counted from the start of the buffer
    /// @param sentNanos of any clock that runs evenly, such as nanoTime, which may be negative.
    ///     Its seconds travel modulo 2^32 and its microseconds without their fraction
    /// @param sequence 1 or more; travels modulo 2^32 unless `wide`
    /// @throws IndexOutOfBoundsException if the buffer ends before the header does
    public static void write(ByteBuffer block, int offset, long sentNanos, long sequence, boolean wide) {
        block.putInt(offset, (int) Math.floorDiv(sentNanos, NANOS_PER_SECOND));
        block.putInt(offset + MICROS_AT, (int) (Math.floorMod(sentNanos, NANOS_PER_SECOND) / NANOS_PER_MICRO));
        if (wide) {
            block.putLong(offset + SEQUENCE_AT, sequence);
        } else {
            block.putInt(offset + SEQUENCE_AT, (int) sequence);
        }
    }

    /// The number of a datagram in its stream, from 1; 0..2^32−1 unless `wide`. A hostile wide
    /// one may be negative.
    ///
    /// @throws IndexOutOfBoundsException if the buffer ends before the header does
    public static long sequence(ByteBuffer block, int offset, boolean wide) {
        return wide ? block.getLong(offset + SEQUENCE_AT) : Integer.toUnsignedLong(block.getInt(offset + SEQUENCE_AT));
    }

    /// When a datagram was sent, in nanoseconds of the sender's clock, of which only differences
    /// mean something; 0..4.3e18. It starts again after 2^32 s.
    ///
    /// @throws IndexOutOfBoundsException if the buffer ends before the time does
    public static long sentNanos(ByteBuffer block, int offset) {
        return Integer.toUnsignedLong(block.getInt(offset)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong(block.getInt(offset + MICROS_AT)) * NANOS_PER_MICRO;
    }
}
