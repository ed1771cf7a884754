package dev.pitot.message.legume;

/// The types of messages that belong to the protocol, and the sizes and bits that all messages
/// share. A message is: id (2 bytes), sequence number (2), flags (1), type (1), body; big-endian.
final class SystemMessage {
    static final int PROTOCOL = 4;

    static final int CONNECT_REQUEST = 2;
    static final int REJECTED = 3;
    static final int ACCEPTED = 4;
    static final int KEEP_ALIVE_REQUEST = 5;
    static final int KEEP_ALIVE_RESPONSE = 6;
    static final int DISCONNECTED = 7;
    static final int ACK = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /// The first id of users' types (legume: BASE_MESSAGETYPEID_USER).
    static final int FIRST_USER_TYPE = 20;

    /// A type is one byte.
    static final int TYPES = 256;

    /// Id, sequence number, flags: what stands before the type.
    static final int PREFIX_BYTES = 5;

    static final int HEADER_BYTES = PREFIX_BYTES + 1;
    static final int ID_BODY_BYTES = 2;
    static final int ACK_BODY_BYTES = 4;
    static final int MAX_DATAGRAM_BYTES = 1_400;

    static final int IN_ORDER = 0x01;
    static final int RELIABLE = 0x02;

    /// Flag bits that legume sends as 0 and ignores. Pitot uses them in the messages of the
    /// handshake.
    static final int RESERVED = 0xFC;

    private static final int[] BODY_BYTES = {
        BodyLengths.UNKNOWN_TYPE, BodyLengths.UNKNOWN_TYPE, 1, 0, 0, 2, 2, 0, 4, 2, 2
    };

    private SystemMessage() {}

    /// Returns the bytes of a body, or [BodyLengths#UNKNOWN_TYPE].
    static int bodyLength(int type) {
        return type < BODY_BYTES.length ? BODY_BYTES[type] : BodyLengths.UNKNOWN_TYPE;
    }

    static boolean isHandshake(int type) {
        return type == CONNECT_REQUEST || type == REJECTED || type == ACCEPTED;
    }

    static boolean isKeepAlive(int type) {
        return type == PING || type == PONG || type == KEEP_ALIVE_REQUEST || type == KEEP_ALIVE_RESPONSE;
    }
}
