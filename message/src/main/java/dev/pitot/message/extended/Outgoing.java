package dev.pitot.message.extended;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message on its way out, from `send` until it needs no more care. Taken from and given back
/// to a [Stock].
final class Outgoing {
    final byte[] bytes;
    int length;
    long sequence;

    /// How many frames it takes.
    int pieces;

    /// How many of them were sent once.
    int sentPieces;

    /// How many of them are not confirmed.
    int unconfirmed;

    boolean isResent;

    /// Neighbours in its channel, in the order of sequence numbers.
    @Nullable Outgoing previous;

    @Nullable Outgoing next;

    private @Nullable OutChannel channel;

    Outgoing(int capacity) {
        bytes = new byte[capacity];
    }

    void begin(OutChannel channel, long sequence, int length, int pieces) {
        this.channel = channel;
        this.sequence = sequence;
        this.length = length;
        this.pieces = pieces;
        sentPieces = 0;
        unconfirmed = pieces;
        isResent = false;
    }

    void end() {
        channel = null;
        previous = null;
        next = null;
    }

    OutChannel channel() {
        return Objects.requireNonNull(channel);
    }
}
