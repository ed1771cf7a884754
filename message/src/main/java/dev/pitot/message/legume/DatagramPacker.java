package dev.pitot.message.legume;

import static dev.pitot.message.legume.SystemMessage.ACK_BODY_BYTES;
import static dev.pitot.message.legume.SystemMessage.HEADER_BYTES;
import static dev.pitot.message.legume.SystemMessage.ID_BODY_BYTES;
import static dev.pitot.message.legume.SystemMessage.MAX_DATAGRAM_BYTES;

import dev.pitot.message.accounting.LinkCounters;
import java.nio.ByteBuffer;

/// Puts messages one behind the other into a datagram of at most 1,400 bytes, always the same
/// buffer. One thread.
final class DatagramPacker {
    static final int PING_BYTES = HEADER_BYTES + ID_BODY_BYTES;
    static final int ACK_BYTES = HEADER_BYTES + ACK_BODY_BYTES;

    private final LinkCounters counters;
    private final LegumeServerHandshake serverHandshake;
    private final ByteBuffer datagram = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);

    DatagramPacker(LinkCounters counters, LegumeServerHandshake serverHandshake) {
        this.counters = counters;
        this.serverHandshake = serverHandshake;
    }

    void begin() {
        datagram.clear();
    }

    boolean isEmpty() {
        return datagram.position() == 0;
    }

    /// True if a message of this size, all counted, has room.
    boolean fits(int bytes) {
        return bytes <= datagram.remaining();
    }

    /// A MessageAck.
    void ack(int id, int acked) {
        prefix(id, 0, 0).put((byte) SystemMessage.ACK).putInt(acked);
    }

    /// One of the types whose body is an id of two bytes.
    void withId(int id, int type, int idInBody) {
        prefix(id, 0, 0).put((byte) type).putShort((short) idInBody);
    }

    /// A message of the protocol without a body.
    void bare(int id, int type) {
        prefix(id, 0, 0).put((byte) type);
    }

    /// Packs what stands before a payload; the caller puts the payload behind it.
    ByteBuffer prefix(int id, int sequence, int flags) {
        return datagram.putShort((short) id).putShort((short) sequence).put((byte) flags);
    }

    /// Returns what was packed, to be sent now: it counts as sent. Good until [#begin()].
    ByteBuffer finish() {
        ByteBuffer packed = datagram.flip();
        serverHandshake.onSent(packed.remaining());
        counters.onDatagramSent(packed.remaining());
        return packed;
    }

    /// The socket had no room for what was packed.
    ///
    /// @param isReliable whether reliable messages are in it: it counts as lost when their time is up
    void onRefused(boolean isReliable) {
        if (!isReliable) {
            counters.onLost();
        }
    }
}
