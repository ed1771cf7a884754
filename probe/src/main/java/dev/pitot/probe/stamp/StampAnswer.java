package dev.pitot.probe.stamp;

import java.nio.ByteBuffer;

/// A Session-Reflector's packet (RFC 8762 section 4.3).
///
/// @param sequence number of the reflector, or the request's if it keeps no count
/// @param timestamp when it left
/// @param error of both timestamps of the reflector
/// @param received when the request came
/// @param request the fields of the request that it repeats
/// @param ttl with which the request came; 255 if the reflector cannot see it (RFC 5357 section 4.2.1)
record StampAnswer(int sequence, long timestamp, int error, long received, StampRequest request, int ttl) {
    static final int UNKNOWN_TTL = 255;

    /// Returns the fields of a packet of [StampLayout#smallest()] or more.
    static StampAnswer read(ByteBuffer packet, StampLayout layout) {
        var request = new StampRequest(
                packet.getInt(layout.senderSequence()),
                packet.getLong(layout.senderTimestamp()),
                packet.getShort(layout.senderError()) & 0xffff,
                packet.getShort(layout.session()) & 0xffff);
        return new StampAnswer(
                packet.getInt(0),
                packet.getLong(layout.timestamp()),
                packet.getShort(layout.error()) & 0xffff,
                packet.getLong(layout.received()),
                request,
                packet.get(layout.ttl()) & 0xff);
    }

    /// Writes the packet without its code over a request of at least that length, of which the rest is kept
    /// (RFC 8762 section 4.6).
    void write(ByteBuffer packet, StampLayout layout) {
        packet.put(0, new byte[Math.min(layout.bytes(), packet.limit())]);
        packet.putInt(0, sequence);
        packet.putLong(layout.timestamp(), timestamp);
        packet.putShort(layout.error(), (short) error);
        packet.putShort(layout.session(), (short) request.session());
        packet.putLong(layout.received(), received);
        packet.putInt(layout.senderSequence(), request.sequence());
        packet.putLong(layout.senderTimestamp(), request.timestamp());
        packet.putShort(layout.senderError(), (short) request.error());
        packet.put(layout.ttl(), (byte) ttl);
    }
}
