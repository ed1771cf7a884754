package dev.pitot.message.legume;

import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;
import static dev.pitot.message.legume.SystemMessage.RELIABLE;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// The queues of what a user sends, one for each kind of channel that legume's protocol has; the
/// numbers of channels make no difference. One thread.
final class SendQueues {
    final MessageQueue unreliable = new MessageQueue();
    final MessageQueue reliable = new MessageQueue();
    final MessageQueue ordered = new MessageQueue();

    private static final int MAX_UNRELIABLE = SystemMessage.MAX_DATAGRAM_BYTES - SystemMessage.PREFIX_BYTES;

    private final int limitBytes;
    private long unsentBytes;
    private MessageQueue lastTaken = reliable;

    SendQueues(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// True if the protocol can carry a message at all.
    ///
    /// @throws IllegalArgumentException with a sentence, if not
    static void check(ByteBuffer payload, Channel.Kind kind) {
        if (kind == Channel.Kind.UNRELIABLE_SEQUENCED) {
            throw new IllegalArgumentException(
                    "legume's protocol has no sequenced channels: use another one, or the extended protocol");
        }
        int most = kind.isReliable() ? LegumeLink.MAX_PAYLOAD : MAX_UNRELIABLE;
        if (!payload.hasRemaining() || payload.remaining() > most) {
            throw new IllegalArgumentException(
                    "legume's protocol carries messages of 1 to " + most + " bytes on this channel, not of "
                            + payload.remaining() + ": send shorter ones, or use the extended protocol");
        }
        int type = payload.get(payload.position()) & 0xFF;
        if (type < FIRST_USER_TYPE) {
            throw new IllegalArgumentException("types of messages are 20 to 255, not " + type);
        }
    }

    /// Queues a message of a user.
    ///
    /// @return false if too much waits
    boolean offer(ByteBuffer payload, Channel.Kind kind) {
        if (usedBytes() + MessageQueue.OVERHEAD_BYTES + payload.remaining() > limitBytes) {
            return false;
        }
        switch (kind) {
            case UNRELIABLE, UNRELIABLE_SEQUENCED -> unreliable.add(payload, 0, 0);
            case RELIABLE -> reliable.add(payload, RELIABLE, 0);
            case RELIABLE_ORDERED -> ordered.add(payload, RELIABLE, 0);
        }
        lastTaken = kind == Channel.Kind.RELIABLE ? reliable : ordered;
        unsentBytes += payload.remaining();
        return true;
    }

    /// For the reliable message that was queued last, which has not left yet.
    void whenConfirmed(CompletableFuture<Void> confirmed) {
        lastTaken.whenConfirmed(confirmed);
    }

    boolean isWritable() {
        return usedBytes() + LegumeLink.MAX_PAYLOAD <= limitBytes / 2;
    }

    /// Returns the bytes of what waits to be sent or confirmed, with its bookkeeping.
    private long usedBytes() {
        return (long) unreliable.usedBytes() + reliable.usedBytes() + ordered.usedBytes();
    }

    /// Returns the bytes of memory that it takes, until [#trim] that of a burst that is over too.
    long heldBytes() {
        return unreliable.heldBytes() + reliable.heldBytes() + ordered.heldBytes();
    }

    /// The first message of a queue leaves for the first time.
    void onFirstSent(MessageQueue queue, LinkCounters counters) {
        long position = queue.unsent();
        if (queue.type(position) >= FIRST_USER_TYPE) {
            unsentBytes -= queue.length(position);
            counters.onMessageSent();
        }
        queue.onSent();
    }

    boolean isEmpty() {
        return unreliable.isEmpty() && reliable.isEmpty() && ordered.isEmpty();
    }

    boolean hasUnsent() {
        return unreliable.hasUnsent() || reliable.hasUnsent() || ordered.hasUnsent();
    }

    /// Returns the number of messages that wait to be sent or confirmed.
    int size() {
        return unreliable.size() + undelivered();
    }

    /// Returns the number of reliable ones of them.
    int undelivered() {
        return reliable.size() + ordered.size();
    }

    /// True if the reliable message that leaves next is one of the handshake.
    boolean isHandshakeNext() {
        return reliable.hasUnsent() && reliable.type(reliable.unsent()) < FIRST_USER_TYPE;
    }

    /// Returns the payload bytes of users that have not left for the first time.
    long unsentBytes() {
        return unsentBytes;
    }

    /// Gives back the memory of a burst that is over.
    void trim() {
        unreliable.trim();
        reliable.trim();
        ordered.trim();
    }

    void clear() {
        unreliable.clear();
        reliable.clear();
        ordered.clear();
        unsentBytes = 0;
    }
}
