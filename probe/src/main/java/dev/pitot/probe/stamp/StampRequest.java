package dev.pitot.probe.stamp;

import java.nio.ByteBuffer;

/// A Session-Sender's packet (RFC 8762 section 4.2; identifier of the session: RFC 8972 section 3).
///
/// @param sequence number, counted modulo 2^32
/// @param timestamp as it is written
/// @param error the 16 bits of the error estimate
/// @param session the identifier, 0..65,535; 0 if the sender has none
record StampRequest(int sequence, long timestamp, int error, int session) {
    /// Returns the fields of a packet of [StampLayout#smallest()] or more.
    static StampRequest read(ByteBuffer packet, StampLayout layout) {
        return new StampRequest(
                packet.getInt(0),
                packet.getLong(layout.timestamp()),
                packet.getShort(layout.error()) & 0xffff,
                packet.getShort(layout.session()) & 0xffff);
    }

    /// Writes the packet without its code. What is not a field is zero.
    void write(ByteBuffer packet, StampLayout layout) {
        packet.put(0, new byte[layout.bytes()]);
        packet.putInt(0, sequence);
        packet.putLong(layout.timestamp(), timestamp);
        packet.putShort(layout.error(), (short) error);
        packet.putShort(layout.session(), (short) session);
    }
}
