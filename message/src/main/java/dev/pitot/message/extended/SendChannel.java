package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.link.ProtocolConnection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The sending end of a channel: its messages in order, those that were sent and are not
/// confirmed before those that wait.
final class SendChannel {
    /// Of an entry of [#acked], as a 64-bit JVM lays it out, rounded up.
    static final long ACKED_BYTES = 64;

    /// As a frame names it.
    final byte wire;

    final boolean isReliable;

    final boolean isOrdered;

    /// Futures of messages that the peer has got, by their sequence numbers. It keeps one of an ordered channel to
    /// itself until it has those before, so that is not confirmed yet.
    final TreeMap<Long, CompletableFuture<Void>> acked = new TreeMap<>();

    /// Of the next message.
    long sequence;

    @Nullable OutgoingMessage first;

    /// The first that was not sent as a whole.
    @Nullable OutgoingMessage unsent;

    /// True if it waits in line to send.
    boolean isInLine;

    /// True if it must not send on before its first message is confirmed.
    boolean isParked;

    private @Nullable OutgoingMessage last;

    SendChannel(Channel channel) {
        wire = (byte) wire(channel);
        isReliable = channel.kind().isReliable();
        isOrdered = channel.kind() == Channel.Kind.RELIABLE_ORDERED;
    }

    /// Returns the channel that a frame names so.
    ///
    /// @param wire 0..255
    static Channel channel(int wire) {
        for (Channel.Kind kind : Channel.Kind.values()) {
            Channel channel = new Channel(kind, wire & 63);
            if (wire(channel) == wire) {
                return channel;
            }
        }
        throw new IllegalArgumentException("wire not in 0..255: " + wire);
    }

    static int wire(Channel channel) {
        int kind = switch (channel.kind()) {
            case UNRELIABLE -> 0;
            case UNRELIABLE_SEQUENCED -> 1;
            case RELIABLE -> 2;
            case RELIABLE_ORDERED -> 3;
        };
        return kind << 6 | channel.number();
    }

    void append(OutgoingMessage message) {
        OutgoingMessage before = last;
        message.previous = before;
        message.next = null;
        if (before == null) {
            first = message;
        } else {
            before.next = message;
        }
        last = message;
        if (unsent == null) {
            unsent = message;
        }
    }

    void remove(OutgoingMessage message) {
        OutgoingMessage before = message.previous;
        OutgoingMessage after = message.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        if (message == unsent) {
            unsent = after;
        }
    }

    /// Returns the lowest sequence number of a reliable channel that is not acknowledged, sent or not.
    long lowestUnacked() {
        return first == null ? sequence : first.sequence;
    }

    /// Takes out the future of a message that is confirmed; null if there is none.
    @Nullable CompletableFuture<Void> takeConfirmed() {
        Map.Entry<Long, CompletableFuture<Void>> lowest = acked.firstEntry();
        if (lowest == null || (isOrdered && lowest.getKey() >= lowestUnacked())) {
            return null;
        }
        return acked.remove(lowest.getKey());
    }

    /// The connection is over: what waits for a message before it is never confirmed.
    void failAcked() {
        Map.Entry<Long, CompletableFuture<Void>> lowest = acked.pollFirstEntry();
        while (lowest != null) {
            lowest.getValue().completeExceptionally(ProtocolConnection.unconfirmed());
            lowest = acked.pollFirstEntry();
        }
    }
}
