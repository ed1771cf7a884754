package dev.pitot.message.legume;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;

/// Hands users' messages over, those with legume's in-order bit when it is their turn. One
/// thread.
final class Receiver {
    private final ReorderQueue reorder = new ReorderQueue();
    private final LinkListener listener;
    private final LegumeCounters counters;

    Receiver(LinkListener listener, LegumeCounters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /// Whether a message can be handed over or kept.
    boolean hasRoom(DatagramReader message) {
        return !message.isInOrder() || reorder.hasRoom(reorder.ahead(message.sequence()));
    }

    void accept(DatagramReader message) {
        if (message.isInOrder()) {
            acceptInOrder(message);
        } else {
            deliver(message.payload(), message.isReliable() ? Channel.RELIABLE : Channel.UNRELIABLE);
        }
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

    private void deliver(ByteBuffer payload, Channel channel) {
        counters.onMessageReceived();
        listener.message(payload, channel);
    }

    /// Messages that wait for their turn.
    int waiting() {
        return reorder.size();
    }
}
