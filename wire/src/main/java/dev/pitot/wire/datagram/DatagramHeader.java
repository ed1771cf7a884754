package dev.pitot.wire.datagram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Header of each datagram of a UDP test: send time and sequence number, most significant byte
/// first (iperf_udp.c: iperf_udp_send, iperf_udp_recv). Nothing is allocated here; buffer positions neither
/// matter nor change, and a buffer's byte order does not matter.
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

    // Compilers make one instruction of these, which they do not always of ByteBuffer's own methods.
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // Where many values are written or compared: most processors have this order, and of changing it C1 makes ten
    // instructions.
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TOP_BYTE_SHIFT = 56;
    private static final long BYTE_MASK = 0xff;
    private static final long NUMBER_MASK = 0xffff_ffffL; // unless wide

    private DatagramHeader() {}

    /// Header length in bytes.
    ///
    /// @param wide whether sequence numbers have 64 bits (`--udp-counters-64bit`)
    public static int bytes(boolean wide) {
        return SEQUENCE_AT + (wide ? Long.BYTES : Integer.BYTES);
    }

    /// Writes the headers of a train: datagrams of the same length in a row, sent at the same time, numbered
    /// without a gap.
    ///
    /// @param count number of datagrams; the first one starts at the start of the buffer
    /// @param datagramBytes length of each
    /// @param sentNanos time of any monotonic clock, such as nanoTime, which may be negative. Its
    ///     seconds are sent modulo 2^32, its microseconds without fraction
    /// @param first sequence number of the first datagram, 1 or more; numbers are sent modulo 2^32 unless
    ///     `wide`
    /// @throws IndexOutOfBoundsException if the buffer ends within a header
    public static void writeTrain(
            ByteBuffer block, int count, int datagramBytes, long sentNanos, long first, boolean wide) {
        long seconds = Math.floorDiv(sentNanos, NANOS_PER_SECOND);
        long micros = Math.floorMod(sentNanos, NANOS_PER_SECOND) / NANOS_PER_MICRO;
        long time = seconds << Integer.SIZE | micros;
        long littleEndianTime = Long.reverseBytes(time);
        int offset = 0;
        for (int i = 0; i < count; i++) {
            LITTLE_ENDIAN_LONG.set(block, offset, littleEndianTime);
            if (wide) {
                LONG.set(block, offset + SEQUENCE_AT, first + i);
            } else {
                INT.set(block, offset + SEQUENCE_AT, (int) (first + i));
            }
            offset += datagramBytes;
        }
    }

    /// Number of datagrams, from one on, whose headers are those of a train: the same send time, and numbers
    /// without a gap. If the last one in the buffer has the time of the first, the times between are taken
    /// to be the same: a sender's clock does not go back.
    ///
    /// @param offset start of the first datagram, whose header the buffer holds
    /// @param end end of the datagrams in the buffer; a header that ends after it is not read
    /// @param datagramBytes length of each datagram, at least 1
    /// @return 1 or more
    /// @throws IndexOutOfBoundsException if the buffer ends before `end` or within the first header
    public static int trainLength(ByteBuffer block, int offset, int end, int datagramBytes, boolean wide) {
        int most = (end - bytes(wide) - offset) / datagramBytes + 1;
        int tailOffset = bytes(wide) - Long.BYTES;
        long time = (long) LITTLE_ENDIAN_LONG.get(block, offset);
        long tail = (long) LITTLE_ENDIAN_LONG.get(block, offset + tailOffset);
        boolean sameTime = time == (long) LITTLE_ENDIAN_LONG.get(block, offset + (most - 1) * datagramBytes);
        int next = offset;
        for (int count = 1; count < most; count++) {
            next += datagramBytes;
            tail = nextTail(tail, wide);
            if ((long) LITTLE_ENDIAN_LONG.get(block, next + tailOffset) != tail
                    || (!sameTime && (long) LITTLE_ENDIAN_LONG.get(block, next) != time)) {
                return count;
            }
        }
        return most;
    }

    /// Tail of the next header in a train. A tail is a header's last eight bytes as a little-endian number, so the
    /// last byte is the top one: the sequence number, and unless that is `wide`, the microseconds before it. Mostly
    /// it takes one addition, and at 15 million datagrams a second each instruction counts.
    private static long nextTail(long tail, boolean wide) {
        return tail >>> TOP_BYTE_SHIFT == BYTE_MASK ? carry(tail, wide) : tail + (1L << TOP_BYTE_SHIFT);
    }

    private static long carry(long tail, boolean wide) {
        long value = Long.reverseBytes(tail);
        return Long.reverseBytes(wide ? value + 1 : (value & ~NUMBER_MASK) | ((value + 1) & NUMBER_MASK));
    }

    /// Sequence number of a datagram in its stream, from 1; 0..2^32−1 unless `wide`. A wide number
    /// from a hostile peer may be negative.
    ///
    /// @throws IndexOutOfBoundsException if the buffer ends within the header
    public static long sequence(ByteBuffer block, int offset, boolean wide) {
        return wide
                ? (long) LONG.get(block, offset + SEQUENCE_AT)
                : Integer.toUnsignedLong((int) INT.get(block, offset + SEQUENCE_AT));
    }

    /// Send time of a datagram, in nanoseconds of the sender's clock, of which only differences are
    /// meaningful; 0..4.3e18. It wraps after 2^32 s.
    ///
    /// @throws IndexOutOfBoundsException if the buffer ends within the time
    public static long sentNanos(ByteBuffer block, int offset) {
        return Integer.toUnsignedLong((int) INT.get(block, offset)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong((int) INT.get(block, offset + MICROS_AT)) * NANOS_PER_MICRO;
    }
}
