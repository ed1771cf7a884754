package dev.pitot.message.dtls.link;

import java.nio.ByteBuffer;

/// The outside of DTLS records (RFC 6347, 4.1) and how to tell them from what goes in the clear:
/// type (1), version (2), epoch (2), sequence number (6), length (2).
final class DtlsRecords {
    static final int HEADER = 13;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int DATA = 23;

    private static final int EPOCH_AT = 3;
    private static final int LENGTH_AT = 11;

    // What goes in the clear: docs/message-protocol.md. In a record, offset 4 has the
    // lower half of the epoch, which is 0 or 1 here.
    private static final int MARK_AT = 4;
    private static final int MARK = 0xF5;
    private static final int KIND_AT = 5;

    static final int CHALLENGE = 0xE0;
    static final int HELLO = 0xE1;
    static final int WELCOME = 0xE2;
    static final int REFUSAL = 0xE3;

    private DtlsRecords() {}

    /// Returns the kind of a datagram that is no record; -1 if it may be one.
    static int clearKind(ByteBuffer datagram) {
        int at = datagram.position();
        return datagram.remaining() > KIND_AT && unsigned(datagram, at + MARK_AT) == MARK
                ? unsigned(datagram, at + KIND_AT)
                : -1;
    }

    /// True if a datagram looks like exactly one record that an end of ours may have sent. The
    /// first of a handshake may show DTLS 1.0 outside.
    static boolean isValid(ByteBuffer datagram) {
        int at = datagram.position();
        int size = datagram.remaining();
        if (size <= HEADER || size > DtlsLink.MAX_RECORD) {
            return false;
        }
        int minor = unsigned(datagram, at + 2);
        int length = unsigned(datagram, at + LENGTH_AT) << 8 | unsigned(datagram, at + LENGTH_AT + 1);
        int type = type(datagram);
        return type >= CHANGE_CIPHER_SPEC
                && type <= DATA
                && unsigned(datagram, at + 1) == 0xFE
                && (minor == 0xFD || (minor == 0xFF && type == HANDSHAKE && epoch(datagram) == 0))
                && length == size - HEADER
                && epoch(datagram) <= 1; // there is no second handshake
    }

    static int type(ByteBuffer record) {
        return unsigned(record, record.position());
    }

    static int epoch(ByteBuffer record) {
        int at = record.position() + EPOCH_AT;
        return unsigned(record, at) << 8 | unsigned(record, at + 1);
    }

    /// 48 bits.
    static long number(ByteBuffer record) {
        int at = record.position() + EPOCH_AT + 2;
        long number = 0;
        for (int i = 0; i < 6; i++) {
            number = number << 8 | unsigned(record, at + i);
        }
        return number;
    }

    static int unsigned(ByteBuffer buffer, int at) {
        return buffer.get(at) & 0xFF;
    }
}
