package dev.pitot.message.extended;

/// Ids and sizes of frames.
final class Frames {
    static final int ACK = 0x01;
    static final int CREDIT = 0x02;
    static final int PING = 0x03;
    static final int CLOSE = 0x04;
    static final int PATH_CHALLENGE = 0x05;
    static final int PATH_RESPONSE = 0x06;
    static final int MESSAGE = 0x10;
    static final int FRAGMENT = 0x11;

    /// A packet's header: that of all datagrams, and the packet number.
    static final int PACKET_HEADER = PacketHeader.HEADER + 4;

    static final int CREDIT_SIZE = 9;
    static final int PING_SIZE = 1;
    static final int PATH_SIZE = 9;
    static final int CLOSE_HEADER = 3;
    static final int MAX_TEXT = 200;
    static final int MESSAGE_HEADER = 8;
    static final int FRAGMENT_HEADER = 16;

    /// The room of an ACK beside a whole fragment: seven further ranges.
    static final int ACK_BESIDE_DATA = ReceivedPackets.ACK_SIZE + 7 * ReceivedPackets.RANGE_SIZE;

    /// Limit of how far a sequence number may be above the lowest one of a reliable channel that the peer
    /// may still lack.
    static final int SEQUENCE_SPAN = 16_384;

    /// Bytes that a fragment, other than the last, is less than the largest datagram: room for all
    /// headers, an ACK, CREDIT and PING.
    private static final int BESIDE_FRAGMENT = 80;

    private Frames() {}

    /// Returns the bytes of a message in a fragment that is not the last. A message that is not longer
    /// is not cut.
    static int fragmentBytes(int largestDatagram) {
        return largestDatagram - BESIDE_FRAGMENT;
    }
}
