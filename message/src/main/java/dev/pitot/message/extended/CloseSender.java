package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;

/// Sends a CLOSE to the peer, and again as long as it does not answer.
final class CloseSender {
    private static final int MAX_CLOSES = 4;

    private final PacketWriter writer;
    private final LossDetection lossDetection;
    private CloseReason reason = new CloseReason(CloseReason.Cause.LOCAL, "");
    private long dueAt = Long.MAX_VALUE;
    private int sent;

    CloseSender(PacketWriter writer, LossDetection lossDetection) {
        this.writer = writer;
        this.lossDetection = lossDetection;
    }

    void begin(CloseReason why, long now) {
        reason = why;
        dueAt = now;
        sent = 0;
    }

    /// A packet came without an answer. One that was on its way when this end closed is normal; a peer that
    /// goes on has not understood.
    void onOtherPacket(long now) {
        if (sent > 0 && sent < MAX_CLOSES && now >= dueAt - lossDetection.probeTimeout() / 2) {
            dueAt = now;
        }
    }

    /// Sends what is due.
    ///
    /// @return true if it was sent often enough
    boolean flush(DatagramSender sender, long now) {
        if (now < dueAt) {
            return false;
        }
        if (sent == MAX_CLOSES) {
            return true;
        }
        writer.transmitClose(reason, sender, now);
        dueAt = now + lossDetection.probeTimeout();
        sent++;
        return false;
    }

    long dueAt() {
        return dueAt;
    }
}
