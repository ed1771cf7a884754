package dev.pitot.message.extended;

import java.nio.ByteBuffer;

/// Reads a packet to its end before anything of it acts, so that a malformed one does nothing.
final class PacketValidator {
    private static final int MALFORMED = -1;

    private boolean wantsAck;

    /// True if the frames from an offset to the limit are all well-formed.
    ///
    /// @param fragmentBytes of this connection
    boolean isValid(ByteBuffer packet, int from, int fragmentBytes) {
        int at = from;
        int end = packet.limit();
        wantsAck = false;
        int acks = 0;
        while (at < end) {
            int size = size(packet, at, fragmentBytes);
            acks += PacketHeader.unsigned(packet, at) == Frames.ACK ? 1 : 0;
            if (size == MALFORMED || size > end - at || acks > 1) { // a second one would only cost time
                return false;
            }
            at += size;
        }
        return from < end;
    }

    /// True if the last packet that was sound wants an acknowledgement.
    boolean wantsAck() {
        return wantsAck;
    }

    /// Returns the size of the frame at an offset that is less than the limit; -1 if it is not
    /// well-formed.
    int size(ByteBuffer packet, int at, int fragmentBytes) {
        int left = packet.limit() - at;
        int id = PacketHeader.unsigned(packet, at);
        wantsAck |= id != Frames.ACK && id != Frames.CLOSE;
        return switch (id) {
            case Frames.MESSAGE -> left < Frames.MESSAGE_HEADER ? MALFORMED : message(packet, at);
            case Frames.FRAGMENT -> left < Frames.FRAGMENT_HEADER ? MALFORMED : fragment(packet, at, fragmentBytes);
            case Frames.ACK -> left < ReceivedPackets.ACK_SIZE ? MALFORMED : ack(packet, at);
            case Frames.CREDIT -> Frames.CREDIT_SIZE;
            case Frames.PING -> Frames.PING_SIZE;
            case Frames.PATH_CHALLENGE, Frames.PATH_RESPONSE -> Frames.PATH_SIZE;
            case Frames.CLOSE -> left < Frames.CLOSE_HEADER ? MALFORMED : close(packet, at);
            default -> MALFORMED;
        };
    }

    private static int message(ByteBuffer packet, int at) {
        int length = PacketHeader.unsignedShort(packet, at + 6);
        return length == 0 ? MALFORMED : Frames.MESSAGE_HEADER + length;
    }

    private static int fragment(ByteBuffer packet, int at, int fragmentBytes) {
        long total = PacketHeader.unsignedInt(packet, at + 6);
        long offset = PacketHeader.unsignedInt(packet, at + 10);
        int length = PacketHeader.unsignedShort(packet, at + 14);
        boolean isOneOfSeveral = total > fragmentBytes && offset < total && offset % fragmentBytes == 0;
        if (!isOneOfSeveral || length != Math.min(fragmentBytes, total - offset)) {
            return MALFORMED;
        }
        return Frames.FRAGMENT_HEADER + length;
    }

    private static int ack(ByteBuffer packet, int at) {
        int ranges = PacketHeader.unsigned(packet, at + 7);
        return ranges > ReceivedPackets.MAX_RANGES
                ? MALFORMED
                : ReceivedPackets.ACK_SIZE + ranges * ReceivedPackets.RANGE_SIZE;
    }

    private static int close(ByteBuffer packet, int at) {
        int length = PacketHeader.unsigned(packet, at + 2);
        boolean isKnown = CloseCodes.of(PacketHeader.unsigned(packet, at + 1)) != null && length <= Frames.MAX_TEXT;
        return isKnown ? Frames.CLOSE_HEADER + length : MALFORMED;
    }
}
