package dev.pitot.message.legume;

import dev.pitot.message.accounting.LinkCounters;

/// Answers that the peer's messages call for: acknowledgements, pongs, responses. One thread.
final class PendingReplies {
    private final LegumeSettings settings;
    private final IdQueue acks = new IdQueue(16_384); // an original sends all that is queued at once
    private final IdQueue pongs = new IdQueue(64);
    private final IdQueue responses = new IdQueue(16);

    PendingReplies(LegumeSettings settings) {
        this.settings = settings;
    }

    void ack(int id) {
        acks.add(id);
    }

    /// A ping came, which is answered if the settings say so.
    void pong(int ping) {
        if (settings.answersPing(ping)) {
            pongs.add(ping);
        }
    }

    void keepAliveResponse(int request) {
        responses.add(settings.answerTo(request));
    }

    /// Returns the bytes of memory that it takes, beside those that each connection always has.
    long heldBytes() {
        return acks.heldBytes() + pongs.heldBytes() + responses.heldBytes();
    }

    /// Gives back the memory of a burst that is over.
    void trim() {
        acks.trim(); // the others are short
    }

    /// True if something waits that may leave whatever else is on its way.
    boolean isUrgent(boolean acksMayLeave) {
        return !pongs.isEmpty() || !responses.isEmpty() || (acksMayLeave && !acks.isEmpty());
    }

    /// Puts as many as fit into the datagram.
    void pack(DatagramPacker packer, SequenceNumbers numbers, LinkCounters counters) {
        while (!pongs.isEmpty() && packer.fits(DatagramPacker.PING_BYTES)) {
            packer.withId(numbers.take(), SystemMessage.PONG, pongs.remove());
            counters.onKeepAliveSent();
        }
        while (!responses.isEmpty() && packer.fits(DatagramPacker.PING_BYTES)) {
            packer.withId(numbers.take(), SystemMessage.KEEP_ALIVE_RESPONSE, responses.remove());
            counters.onKeepAliveSent();
        }
        while (!acks.isEmpty() && packer.fits(DatagramPacker.ACK_BYTES) && numbers.mayTakeAck()) {
            packer.ack(numbers.take(), acks.remove());
        }
    }
}
