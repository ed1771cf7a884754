package dev.pitot.message.legume;

import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;
import static dev.pitot.message.legume.SystemMessage.HEADER_BYTES;
import static dev.pitot.message.legume.SystemMessage.IN_ORDER;
import static dev.pitot.message.legume.SystemMessage.MAX_DATAGRAM_BYTES;
import static dev.pitot.message.legume.SystemMessage.PREFIX_BYTES;
import static dev.pitot.message.legume.SystemMessage.RESERVED;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads datagrams one after the other: first finds out whether the whole of one is well formed,
/// then steps through its messages. What follows a message of an unknown type cannot be found,
/// so such a datagram ends before it. Allocates nothing. One thread.
///
/// It is stricter than legume, which ignores six flag bits and most sequence numbers: both must
/// be 0, as legume sends them, except in the handshake, where Pitot puts bits of its own. So
/// little that did not come from a peer looks like a message of one.
final class DatagramReader {
    private final BodyLengths bodyLengths;
    private ByteBuffer datagram = ByteBuffer.allocate(0);
    private int start;
    private int end;
    private int readEnd; // of what can be read
    private int at;
    private int next;
    private int ping;
    private int failedType;
    private boolean isUnknownType;

    DatagramReader(BodyLengths bodyLengths) {
        this.bodyLengths = bodyLengths;
    }

    /// Begins with a datagram, which is read in place until [#release()].
    ///
    /// @return whether there is anything to step through and to release: it has 1 to 1,400 bytes,
    /// messages of known types and proper flags, and behind the last of them nothing, or one of an
    /// unknown type
    boolean begin(ByteBuffer bytes) {
        int length = bytes.remaining();
        ping = -1;
        failedType = -1;
        isUnknownType = false;
        readEnd = -1;
        if (length < HEADER_BYTES || length > MAX_DATAGRAM_BYTES) {
            return false;
        }
        datagram = bytes.order(ByteOrder.BIG_ENDIAN);
        start = bytes.position();
        end = bytes.limit();
        next = start;
        boolean proper = true;
        while (proper && next < end) {
            proper = step();
            ping = proper && type() == SystemMessage.PING ? idInBody() : ping;
        }
        readEnd = proper ? end : at;
        next = start;
        release();
        return proper || (isUnknownType && readEnd > start);
    }

    /// Returns the id of the last ping in the datagram; -1 if there is none.
    int ping() {
        return ping;
    }

    /// True if the datagram could be read to its end.
    boolean isWhole() {
        return readEnd == end;
    }

    /// Returns the type of the message that could not be read, or behind which nothing could; -1 if there
    /// is none of a user's.
    int failedType() {
        return failedType;
    }

    /// True if [#failedType()] is not known at this end.
    boolean isUnknownType() {
        return isUnknownType;
    }

    /// Steps to the next message; false behind the last.
    boolean next() {
        return next < readEnd && step();
    }

    /// Gives the buffer back as it came.
    void release() {
        datagram.limit(end).position(start);
    }

    private boolean step() {
        at = next;
        datagram.limit(end);
        if (end - at < HEADER_BYTES) {
            return false;
        }
        int type = type();
        if (!flagsFit(type)) {
            return false;
        }
        failedType = type < FIRST_USER_TYPE ? failedType : type;
        int body = at + HEADER_BYTES;
        int length = type < FIRST_USER_TYPE
                ? SystemMessage.bodyLength(type)
                : bodyLengths.bodyLength(type, datagram.position(body));
        if (length < 0 || length > end - body) {
            isUnknownType = length == BodyLengths.UNKNOWN_TYPE;
            failedType = isUnknownType ? type : failedType;
            return false;
        }
        next = body + length;
        return true;
    }

    private boolean flagsFit(int type) {
        if (SystemMessage.isHandshake(type)) {
            return true;
        }
        int flags = flags();
        boolean inOrder = (flags & IN_ORDER) != 0;
        return (flags & RESERVED) == 0 && (inOrder ? type >= FIRST_USER_TYPE : sequence() == 0);
    }

    int id() {
        return datagram.getShort(at) & 0xFFFF;
    }

    int sequence() {
        return datagram.getShort(at + 2) & 0xFFFF;
    }

    int flags() {
        return datagram.get(at + 4) & 0xFF;
    }

    int type() {
        return datagram.get(at + PREFIX_BYTES) & 0xFF;
    }

    boolean isReliable() {
        return (flags() & SystemMessage.RELIABLE) != 0;
    }

    /// True if the message is to be delivered in the order of its sequence number.
    boolean isInOrder() {
        return (flags() & IN_ORDER) != 0 && type() >= FIRST_USER_TYPE;
    }

    /// Returns the body of a ConnectRequest.
    int protocol() {
        return datagram.get(at + HEADER_BYTES) & 0xFF;
    }

    /// Returns the body of pings and pongs, of keep-alive requests and responses.
    int idInBody() {
        return datagram.getShort(at + HEADER_BYTES) & 0xFFFF;
    }

    /// Returns the body of a MessageAck, which may hold any int.
    int ackedId() {
        return datagram.getInt(at + HEADER_BYTES);
    }

    /// Returns the datagram itself, from the type of this message to the end of its body. Good until the
    /// next step.
    ByteBuffer payload() {
        return datagram.limit(next).position(at + PREFIX_BYTES);
    }
}
