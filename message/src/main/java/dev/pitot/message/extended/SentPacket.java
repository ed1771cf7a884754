package dev.pitot.message.extended;

import org.jspecify.annotations.Nullable;

/// A packet that is on its way and wants an acknowledgement.
final class SentPacket {
    final FrameQueue frameQueue = new FrameQueue();
    long number;
    int size;
    long sentAt;

    /// True if it grants the peer credit.
    boolean hasCredit;

    /// Its neighbours among the packets that are on their way, in the order of their numbers.
    @Nullable SentPacket older;

    @Nullable SentPacket newer;

    void begin() {
        size = 0;
        sentAt = 0;
        hasCredit = false;
    }
}
