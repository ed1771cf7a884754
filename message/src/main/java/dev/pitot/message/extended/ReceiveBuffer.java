package dev.pitot.message.extended;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Makes messages of the frames that come, hands them over as their channels promise, and says
/// how much the peer may send. Methods that take a frame give what the peer did wrong, or null.
final class ReceiveBuffer {
    /// Of an entry and an array for a message that came too early, beside its [ExtendedSettings#MESSAGE_COST].
    private static final long EARLY_BYTES = 64;

    private static final int CHANNELS = 256;

    /// New credit is given when it is a quarter of the window.
    private static final int CREDIT_SHARE = 4;

    private final BufferPool pool;
    private final LinkCounters counters;
    private final LinkListener listener;
    private final int largestMessage;
    private final long window;
    private final @Nullable ReceiveChannel[] channels = new @Nullable ReceiveChannel[CHANNELS];

    private int fragmentBytes;
    private long firstSequence;
    private long granted;
    private long received;
    private long consumed;
    private boolean isCreditLost;
    private long unreliableHeld;
    private long early;
    private long finishedBytes; // memory of what is known of messages that are done before others

    ReceiveBuffer(BufferPool pool, LinkCounters counters, LinkListener listener, ExtendedSettings settings) {
        this.pool = pool;
        this.counters = counters;
        this.listener = listener;
        largestMessage = settings.largestMessage();
        window = settings.receiveWindow();
        granted = window;
    }

    void begin(int fragmentBytes) {
        this.fragmentBytes = fragmentBytes;
    }

    /// For tests: as if each channel had got that many messages before, and all together so many bytes.
    void startAt(long sequence, long bytes) {
        firstSequence = sequence;
        received = bytes;
        consumed = bytes;
        granted = bytes + window;
    }

    /// Returns the number of messages that came too early for their ordered channel.
    long early() {
        return early;
    }

    /// Returns the bytes of memory that are taken by what came in part or too early, and by what is known of messages
    /// that came before others; of reliable messages in part those that are announced.
    long heldBytes() {
        return received - consumed + unreliableHeld + early * EARLY_BYTES + finishedBytes;
    }

    /// True if the peer should hear how much more it may send.
    boolean isCreditDue() {
        return isCreditLost || consumed + window - granted >= window / CREDIT_SHARE;
    }

    /// The packet with the last grant was lost.
    void onCreditLost() {
        isCreditLost = true;
    }

    /// Returns how much the peer may have sent in all from now on.
    long grant() {
        isCreditLost = false;
        granted = consumed + window;
        return granted;
    }

    @Nullable String onMessage(ByteBuffer packet, int at) {
        ReceiveChannel channel = channel(PacketHeader.unsigned(packet, at + 1));
        long sequence = PacketNumbers.nearest(packet.getInt(at + 2), channel.next);
        int length = PacketHeader.unsignedShort(packet, at + 6);
        int from = at + Frames.MESSAGE_HEADER;
        if (length > largestMessage) {
            return "a message that is longer than allowed";
        }
        if (channel.channel.kind().isReliable()) {
            return onReliable(channel, sequence, packet, from, length);
        }
        if (!channel.isSequenced()) {
            channel.next = Math.max(channel.next, sequence + 1);
            handOver(channel, packet, from, length);
        } else if (sequence >= channel.next) {
            channel.next = sequence + 1;
            dropParts(channel, sequence);
            handOver(channel, packet, from, length);
        }
        return null;
    }

    private @Nullable String onReliable(
            ReceiveChannel channel, long sequence, ByteBuffer packet, int from, int length) {
        Object known = channel.known(sequence);
        if (known instanceof FragmentBuffer) {
            return "a message that came in fragments before";
        }
        if (known != null) {
            counters.onDuplicate();
            return null;
        }
        String wrong = charge(channel, sequence, length);
        if (wrong != null) {
            return wrong;
        }
        if (sequence == channel.next) {
            channel.advance();
            handOver(channel, packet, from, length);
            consumed += length + ExtendedSettings.MESSAGE_COST;
            handOverNext(channel);
        } else if (channel.isOrdered()) {
            byte[] copy = new byte[length];
            packet.get(from, copy);
            channel.hold(sequence, copy);
            early++;
        } else {
            finishedBytes += channel.finish(sequence);
            handOver(channel, packet, from, length);
            consumed += length + ExtendedSettings.MESSAGE_COST;
        }
        return null;
    }

    @Nullable String onFragment(ByteBuffer packet, int at) {
        ReceiveChannel channel = channel(PacketHeader.unsigned(packet, at + 1));
        long sequence = PacketNumbers.nearest(packet.getInt(at + 2), channel.next);
        long length = PacketHeader.unsignedInt(packet, at + 6);
        if (length > largestMessage) {
            return "a message that is longer than allowed";
        }
        if (channel.channel.kind().isReliable()) {
            return onReliableFragment(channel, sequence, (int) length, packet, at);
        }
        return onUnreliableFragment(channel, sequence, (int) length, packet, at);
    }

    private @Nullable String onReliableFragment(
            ReceiveChannel channel, long sequence, int length, ByteBuffer packet, int at) {
        Object known = channel.known(sequence);
        if (known instanceof byte[] || (known instanceof FragmentBuffer begun && begun.length != length)) {
            return "fragments that contradict each other";
        }
        if (known instanceof ReceiveChannel.Done) {
            counters.onDuplicate();
            return null;
        }
        FragmentBuffer part;
        if (known instanceof FragmentBuffer before) {
            part = before;
        } else {
            String wrong = charge(channel, sequence, length);
            if (wrong != null) {
                return wrong;
            }
            part = new FragmentBuffer(pool, sequence, length, fragmentBytes);
            channel.hold(sequence, part);
        }
        if (!add(part, packet, at)) {
            counters.onDuplicate();
        } else if (part.isWhole()) {
            onWhole(channel, sequence, part);
        }
        return null;
    }

    private void onWhole(ReceiveChannel channel, long sequence, FragmentBuffer part) {
        if (sequence == channel.next) {
            channel.advance();
            handOver(channel, part);
            handOverNext(channel);
        } else if (channel.isOrdered()) {
            early++;
        } else {
            finishedBytes += channel.finish(sequence);
            handOver(channel, part);
        }
    }

    /// Counts a reliable message that begins to come against what the peer may send.
    private @Nullable String charge(ReceiveChannel channel, long sequence, int length) {
        if (sequence - channel.next >= Frames.SEQUENCE_SPAN) {
            return "a message too far ahead of the oldest one that lacks";
        }
        received += length + ExtendedSettings.MESSAGE_COST;
        return received > granted ? "more than the credit allows" : null;
    }

    private void handOverNext(ReceiveChannel channel) {
        Object known = channel.known(channel.next);
        while (known != null) {
            if (known instanceof byte[] message) {
                early--;
                channel.advance();
                counters.onMessageReceived();
                listener.message(ByteBuffer.wrap(message), channel.channel);
                consumed += message.length + ExtendedSettings.MESSAGE_COST;
            } else if (known instanceof ReceiveChannel.Done) {
                channel.advance();
            } else if (known instanceof FragmentBuffer part && part.isWhole()) {
                early--;
                channel.advance();
                handOver(channel, part);
            } else {
                return;
            }
            known = channel.known(channel.next);
        }
    }

    private @Nullable String onUnreliableFragment(
            ReceiveChannel channel, long sequence, int length, ByteBuffer packet, int at) {
        if (channel.isSequenced() && sequence < channel.next) {
            return null;
        }
        if (!channel.isSequenced()) {
            channel.next = Math.max(channel.next, sequence + 1);
        }
        FragmentBuffer part = channel.part(sequence);
        if (part == null) {
            part = new FragmentBuffer(pool, sequence, length, fragmentBytes);
            drop(channel.addPart(part));
        }
        if (part.length != length) {
            return "fragments that contradict each other";
        }
        int before = part.held();
        if (unreliableHeld + PacketHeader.MAX_SIZE > window) {
            channel.removePart(part);
            drop(part);
        } else if (add(part, packet, at)) {
            unreliableHeld += part.held() - before;
            onUnreliablePart(channel, part);
        }
        return null;
    }

    private void onUnreliablePart(ReceiveChannel channel, FragmentBuffer part) {
        if (!part.isWhole()) {
            return;
        }
        channel.removePart(part);
        unreliableHeld -= part.held();
        if (channel.isSequenced()) {
            channel.next = part.sequence + 1;
            dropParts(channel, part.sequence);
        }
        counters.onMessageReceived();
        listener.message(part.assemble(), channel.channel);
    }

    private void dropParts(ReceiveChannel channel, long before) {
        FragmentBuffer old = channel.removePartBefore(before);
        while (old != null) {
            drop(old);
            old = channel.removePartBefore(before);
        }
    }

    private void drop(@Nullable FragmentBuffer part) {
        if (part != null) {
            unreliableHeld -= part.held();
            part.release();
        }
    }

    private static boolean add(FragmentBuffer part, ByteBuffer packet, int at) {
        int offset = packet.getInt(at + 10);
        return part.add(packet, at + Frames.FRAGMENT_HEADER, offset, PacketHeader.unsignedShort(packet, at + 14));
    }

    private void handOver(ReceiveChannel channel, FragmentBuffer part) {
        counters.onMessageReceived();
        listener.message(part.assemble(), channel.channel);
        consumed += part.length + ExtendedSettings.MESSAGE_COST;
    }

    /// Lends the listener the packet itself, with the message's bounds.
    private void handOver(ReceiveChannel channel, ByteBuffer packet, int from, int length) {
        int position = packet.position();
        int limit = packet.limit();
        counters.onMessageReceived();
        packet.limit(from + length).position(from);
        listener.message(packet, channel.channel);
        packet.order(ByteOrder.BIG_ENDIAN).limit(limit).position(position);
    }

    private ReceiveChannel channel(int wire) {
        ReceiveChannel known = channels[wire];
        if (known == null) {
            known = new ReceiveChannel(wire, pool.random(Integer.MAX_VALUE));
            known.next = firstSequence;
            channels[wire] = known;
        }
        return known;
    }

    /// Gives back memory that is not in use, and what came in part of unreliable messages.
    void trim() {
        for (ReceiveChannel channel : channels) {
            if (channel != null) {
                dropParts(channel, Long.MAX_VALUE);
                finishedBytes -= channel.trim();
            }
        }
    }

    /// Forgets all that came in part.
    void release() {
        trim();
        for (ReceiveChannel channel : channels) {
            if (channel != null) {
                channel.release();
            }
        }
        consumed = received;
        early = 0;
        finishedBytes = 0;
    }
}
