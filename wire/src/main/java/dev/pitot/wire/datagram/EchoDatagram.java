package dev.pitot.wire.datagram;

import dev.pitot.wire.control.Cookie;
import java.nio.ByteBuffer;

/// UDP echo between two Pitots beside a test's load: a request of the client, and an answer of the same
/// length from the server ([dev.pitot.wire.control.ProtocolExtension#hasEcho()]). All numbers are big-endian.
///
/// | offset | bytes | request             | answer                   |
/// |--------|-------|---------------------|--------------------------|
/// | 0      | 4     | `50454351`          | `50454341`               |
/// | 4      | 4     | sequence number     | the request's            |
/// | 8      | 8     | send time of client | the request's            |
/// | 16     | 8     | 0                   | receive time of server   |
/// | 24     | 8     | 0                   | send time of server      |
/// | 32     | 16    | key                 | the same key             |
///
/// The key is the last 16 characters of the test's cookie: who does not know the cookie gets no answer. Times
/// are in nanoseconds of any monotonic clock, such as nanoTime. An answer is no request, so two ends cannot
/// echo for ever.
public final class EchoDatagram {
    /// Length of a request and of an answer.
    public static final int BYTES = 48;

    private static final int REQUEST = 0x50454351; // "PECQ"
    private static final int ANSWER = 0x50454341; // "PECA"
    private static final int SEQUENCE_AT = 4;
    private static final int SENT_AT = 8;
    private static final int RECEIVED_AT = 16;
    private static final int ANSWERED_AT = 24;
    private static final int KEY_AT = 32;
    private static final int KEY_OFFSET = Cookie.BYTES - 1 - 2 * Long.BYTES; // without the NUL

    private EchoDatagram() {}

    /// Secret of a test, that its datagrams contain.
    public record Key(long high, long low) {
        /// Returns the key of a test.
        public static Key of(Cookie cookie) {
            ByteBuffer bytes = ByteBuffer.wrap(cookie.toBytes());
            return new Key(bytes.getLong(KEY_OFFSET), bytes.getLong(KEY_OFFSET + Long.BYTES));
        }

        /// Omits the secret.
        @Override
        public String toString() {
            return "Key";
        }
    }

    /// Writes a request at the beginning of a buffer.
    ///
    /// @param block at least [#BYTES] long, big-endian; its position and limit do not change
    public static void writeRequest(ByteBuffer block, int sequence, long sentNanos, Key key) {
        block.putInt(0, REQUEST)
                .putInt(SEQUENCE_AT, sequence)
                .putLong(SENT_AT, sentNanos)
                .putLong(RECEIVED_AT, 0)
                .putLong(ANSWERED_AT, 0)
                .putLong(KEY_AT, key.high)
                .putLong(KEY_AT + Long.BYTES, key.low);
    }

    /// Turns a request into its answer.
    ///
    /// @param answeredNanos time of the answer, as late as possible
    public static void writeAnswer(ByteBuffer block, long receivedNanos, long answeredNanos) {
        block.putInt(0, ANSWER).putLong(RECEIVED_AT, receivedNanos).putLong(ANSWERED_AT, answeredNanos);
    }

    /// True if a datagram is a request of a test.
    ///
    /// @param block content from the beginning
    /// @param bytes length of the datagram
    public static boolean isRequest(ByteBuffer block, int bytes, Key key) {
        return is(REQUEST, block, bytes, key);
    }

    /// True if a datagram is an answer of a test.
    ///
    /// @param block content from the beginning
    /// @param bytes length of the datagram
    public static boolean isAnswer(ByteBuffer block, int bytes, Key key) {
        return is(ANSWER, block, bytes, key);
    }

    /// Compares the key in constant time.
    private static boolean is(int kind, ByteBuffer block, int bytes, Key key) {
        return bytes == BYTES
                && block.getInt(0) == kind
                && ((block.getLong(KEY_AT) ^ key.high) | (block.getLong(KEY_AT + Long.BYTES) ^ key.low)) == 0;
    }

    /// Number of a request, from 0.
    public static int sequence(ByteBuffer block) {
        return block.getInt(SEQUENCE_AT);
    }

    /// Time at which the client sent the request, by its clock.
    public static long sentNanos(ByteBuffer block) {
        return block.getLong(SENT_AT);
    }

    /// Time at which the server received the request, by its clock; from a hostile server any number.
    public static long receivedNanos(ByteBuffer block) {
        return block.getLong(RECEIVED_AT);
    }

    /// Time at which the server answered, by its clock; from a hostile server any number.
    public static long answeredNanos(ByteBuffer block) {
        return block.getLong(ANSWERED_AT);
    }
}
