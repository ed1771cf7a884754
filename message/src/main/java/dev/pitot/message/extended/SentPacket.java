package dev.pitot.message.extended;

/// A packet that is on its way and wants an acknowledgement.
final class SentPacket {
    final FrameQueue frameQueue = new FrameQueue();
    int size;
    long sentAt;

    /// True if it grants the peer credit.
    boolean hasCredit;

    void begin() {
        size = 0;
        sentAt = 0;
        hasCredit = false;
    }
}
