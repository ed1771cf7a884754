package dev.pitot.message.extended;

import dev.pitot.message.link.ProtocolConnection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A message on its way out, from `send` until it needs no more care. Taken from and given back
/// to a [BufferPool].
final class OutgoingMessage {
    /// Of an object of this class and of its array, as a 64-bit JVM lays them out, rounded up.
    static final long OVERHEAD_BYTES = 96;

    final byte[] bytes;
    int length;
    long sequence;

    /// Number of frames that it takes.
    int fragments;

    /// Number of them that were sent once.
    int sentFragments;

    /// Number of them that are not confirmed.
    int unacked;

    boolean isResent;

    /// Completed when all of it is confirmed; null if nobody waits for that.
    @Nullable CompletableFuture<Void> confirmed;

    /// Neighbours in its channel, in the order of sequence numbers.
    @Nullable OutgoingMessage previous;

    @Nullable OutgoingMessage next;

    private @Nullable SendChannel channel;

    OutgoingMessage(int capacity) {
        bytes = new byte[capacity];
    }

    void begin(SendChannel channel, long sequence, int length, int fragments) {
        this.channel = channel;
        this.sequence = sequence;
        this.length = length;
        this.fragments = fragments;
        sentFragments = 0;
        unacked = fragments;
        isResent = false;
    }

    void end() {
        if (confirmed != null) {
            confirmed.completeExceptionally(ProtocolConnection.unconfirmed());
            confirmed = null;
        }
        channel = null;
        previous = null;
        next = null;
    }

    SendChannel channel() {
        return Objects.requireNonNull(channel);
    }
}
