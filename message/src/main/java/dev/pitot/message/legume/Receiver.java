package dev.pitot.message.legume;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.accounting.UnreadableMessages;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Delivers messages of users, those with legume's in-order bit when it is their turn. A server
/// of the original's sends to clients that it has not accepted yet: up to 64 messages that come
/// before its Accepted are kept until the connection is open. One thread.
final class Receiver {
    /// Messages that may come before the connection is open.
    static final int MAX_EARLY = 64;

    private final ReorderQueue reorder = new ReorderQueue();
    private final LinkListener listener;
    private final LinkCounters counters;
    private final UnreadableMessages unreadable =
            new UnreadableMessages("they and what follows them in a datagram are dropped");
    private List<WaitingMessage> early = List.of();
    private boolean isOpen;

    private record WaitingMessage(ByteBuffer payload, Channel channel) {}

    Receiver(LinkListener listener, LinkCounters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /// The connection is open: reports it to the listener, and delivers what came before.
    void open() {
        isOpen = true;
        listener.opened();
        List<WaitingMessage> kept = early;
        early = List.of();
        kept.forEach(message -> deliver(message.payload, message.channel));
    }

    /// True if a message can be delivered or kept.
    boolean hasRoom(DatagramReader message) {
        return isOpen
                ? !message.isInOrder() || reorder.hasRoom(reorder.ahead(message.sequence()))
                : !message.isInOrder() && early.size() < MAX_EARLY;
    }

    void accept(DatagramReader message) {
        unreadable.onRead(message.type());
        Channel channel = message.isReliable() ? Channel.RELIABLE : Channel.UNRELIABLE;
        if (!isOpen) {
            keep(message.payload(), channel);
        } else if (message.isInOrder()) {
            acceptInOrder(message);
        } else {
            deliver(message.payload(), channel);
        }
    }

    private void keep(ByteBuffer payload, Channel channel) {
        early = early.isEmpty() ? new ArrayList<>() : early;
        early.add(new WaitingMessage(
                ByteBuffer.allocate(payload.remaining()).put(payload).flip(), channel));
    }

    private void acceptInOrder(DatagramReader message) {
        int ahead = reorder.ahead(message.sequence());
        if (ahead < 0) {
            counters.onDuplicate();
        } else if (ahead > 0) {
            reorder.keep(message.sequence(), message.payload());
        } else {
            reorder.onDelivered();
            deliver(message.payload(), Channel.RELIABLE_ORDERED);
            for (ByteBuffer next = reorder.take(); next != null; next = reorder.take()) {
                reorder.onDelivered();
                deliver(next, Channel.RELIABLE_ORDERED);
            }
        }
    }

    /// A datagram has come, which perhaps cannot be read, or not to its end.
    void onBegun(DatagramReader datagram) {
        if (datagram.isWhole()) {
            return;
        }
        counters.onMalformed();
        int type = datagram.failedType();
        String sentence = isOpen && type >= 0 ? unreadable.onFailure(type, datagram.isUnknownType()) : null;
        if (sentence != null) {
            listener.warning(sentence);
        }
    }

    private void deliver(ByteBuffer payload, Channel channel) {
        counters.onMessageReceived();
        listener.message(payload, channel);
    }

    /// Returns the number of messages that wait for their turn.
    int waiting() {
        return early.size() + reorder.size();
    }

    /// Returns the bytes of memory that they take at most.
    long heldBytes() {
        return (long) waiting() * SystemMessage.MAX_DATAGRAM_BYTES;
    }
}
