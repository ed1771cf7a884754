package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Messages on their way out: takes them, puts them into packets, and keeps the reliable ones
/// until they are confirmed. What must be sent again goes first; then channels take turns, a
/// packet each, reliable ones and others in alternation.
final class SendBuffer {
    private static final int CHANNELS = 256;

    /// Stands for the fragment's index where a message is not cut.
    private static final int WHOLE = -1;

    private final BufferPool pool;
    private final ExtendedCounters counters;
    private final int limit;
    private final @Nullable SendChannel[] channels = new @Nullable SendChannel[CHANNELS];
    private final RoundRobin reliable = new RoundRobin();
    private final RoundRobin unreliable = new RoundRobin();
    private final FrameQueue again = new FrameQueue();

    private int fragmentBytes;
    private long credit;
    private long spent;
    private boolean isCreditShort;
    private boolean isExhausted;
    private boolean isUnreliableFirst;

    private long held;
    private long unsentBytes;
    private long unsentFrames;
    private long unacked;

    SendBuffer(BufferPool pool, ExtendedCounters counters, int limit) {
        this.pool = pool;
        this.counters = counters;
        this.limit = limit;
    }

    /// The connection is open.
    ///
    /// @param credit how many bytes the peer takes at first
    void begin(int fragmentBytes, long credit) {
        this.fragmentBytes = fragmentBytes;
        this.credit = credit;
    }

    /// Takes a message, if there is room.
    boolean offer(ByteBuffer payload, Channel channel) {
        int length = payload.remaining();
        if (held + length + ExtendedSettings.MESSAGE_COST > limit) {
            return false;
        }
        SendChannel way = channel(channel);
        if (way.sequence > Frames.MAX_SEQUENCE) {
            isExhausted = true;
            return false;
        }
        OutgoingMessage message = pool.message(length);
        payload.get(payload.position(), message.bytes, 0, length);
        int fragments = length <= fragmentBytes ? 1 : (length + fragmentBytes - 1) / fragmentBytes;
        message.begin(way, way.sequence++, length, fragments);
        way.append(message);
        if (!way.isParked) {
            roundRobin(way).join(way);
        }
        held += length + ExtendedSettings.MESSAGE_COST;
        unsentBytes += length;
        unsentFrames += fragments;
        counters.sent.messages++;
        return true;
    }

    /// Bytes of what waits to be sent or confirmed, with its bookkeeping.
    long heldBytes() {
        return held;
    }

    private SendChannel channel(Channel channel) {
        int wire = SendChannel.wire(channel);
        SendChannel known = channels[wire];
        if (known == null) {
            known = new SendChannel(channel);
            channels[wire] = known;
        }
        return known;
    }

    private RoundRobin roundRobin(SendChannel channel) {
        return channel.isReliable ? reliable : unreliable;
    }

    /// Whether a channel has no sequence number left.
    boolean isExhausted() {
        return isExhausted;
    }

    void onCredit(long total) {
        if (total > credit) {
            credit = total;
            isCreditShort = false;
        }
    }

    /// Whether anything could go into a packet now.
    boolean hasWork() {
        return again.count() > 0 || unreliable.first() != null || (!isCreditShort && reliable.first() != null);
    }

    /// Whether all that could go into packets now fits some bytes.
    boolean fits(long room) {
        long sendAgain = (long) again.count() * (Frames.FRAGMENT_HEADER + fragmentBytes);
        return sendAgain + unsentBytes + unsentFrames * Frames.FRAGMENT_HEADER <= room;
    }

    /// Payload bytes that were never sent.
    long unsentBytes() {
        return unsentBytes;
    }

    /// Reliable messages that were sent, in part at least, and are not confirmed.
    long unacked() {
        return unacked;
    }

    /// Whether no message waits to be sent, and no reliable one to be confirmed.
    boolean isDrained() {
        return unacked == 0 && unsentBytes == 0 && reliable.first() == null;
    }

    /// Writes as many frames as fit.
    ///
    /// @param frameQueue takes down which reliable ones
    /// @return the position behind
    int fill(ByteBuffer into, int from, int end, FrameQueue frameQueue) {
        int at = from;
        while (again.count() > 0) {
            OutgoingMessage message = again.firstMessage();
            int fragment = again.firstFragment();
            if (frameSize(message, fragment) > end - at) {
                return at;
            }
            again.removeFirst();
            at = write(into, at, message, fragment);
            frameQueue.add(message, fragment);
            counters.resent += message.isResent ? 0 : 1;
            message.isResent = true;
        }
        isUnreliableFirst = !isUnreliableFirst;
        at = fill(isUnreliableFirst ? unreliable : reliable, into, at, end, frameQueue);
        return fill(isUnreliableFirst ? reliable : unreliable, into, at, end, frameQueue);
    }

    private int fill(RoundRobin roundRobin, ByteBuffer into, int from, int end, FrameQueue frameQueue) {
        int at = from;
        SendChannel channel = roundRobin.first();
        while (channel != null) {
            OutgoingMessage message = channel.unsent;
            if (message == null) {
                roundRobin.leaveFirst();
            } else if (isTooFarAhead(channel, message)) {
                channel.isParked = true;
                roundRobin.leaveFirst();
            } else {
                int fragment = message.fragments == 1 ? WHOLE : message.sentFragments;
                if (frameSize(message, fragment) > end - at) {
                    roundRobin.rotate();
                    return at;
                }
                if (message.sentFragments == 0 && channel.isReliable && !pay(message)) {
                    isCreditShort = true; // and nobody overtakes, or a long message would wait for ever
                    return at;
                }
                at = write(into, at, message, fragment);
                onFirstSent(channel, message, fragment, frameQueue);
            }
            channel = roundRobin.first();
        }
        return at;
    }

    private static boolean isTooFarAhead(SendChannel channel, OutgoingMessage message) {
        OutgoingMessage first = channel.first;
        return channel.isReliable && first != null && message.sequence - first.sequence >= Frames.SEQUENCE_SPAN;
    }

    private boolean pay(OutgoingMessage message) {
        long cost = (long) message.length + ExtendedSettings.MESSAGE_COST;
        if (cost > credit - spent) {
            return false;
        }
        spent += cost;
        unacked++;
        return true;
    }

    private void onFirstSent(SendChannel channel, OutgoingMessage message, int fragment, FrameQueue frameQueue) {
        message.sentFragments++;
        unsentFrames--;
        unsentBytes -= fragmentLength(message, fragment);
        boolean isWhole = message.sentFragments == message.fragments;
        if (isWhole) {
            channel.unsent = message.next;
        }
        if (channel.isReliable) {
            frameQueue.add(message, fragment);
        } else if (isWhole) {
            release(message);
        }
    }

    private int fragmentLength(OutgoingMessage message, int fragment) {
        return fragment == WHOLE ? message.length : Math.min(fragmentBytes, message.length - fragment * fragmentBytes);
    }

    private int frameSize(OutgoingMessage message, int fragment) {
        int header = fragment == WHOLE ? Frames.MESSAGE_HEADER : Frames.FRAGMENT_HEADER;
        return header + fragmentLength(message, fragment);
    }

    private int write(ByteBuffer into, int at, OutgoingMessage message, int fragment) {
        int length = fragmentLength(message, fragment);
        into.put(at + 1, message.channel().wire);
        into.putInt(at + 2, (int) message.sequence);
        if (fragment == WHOLE) {
            into.put(at, (byte) Frames.MESSAGE);
            into.putShort(at + 6, (short) length);
            into.put(at + Frames.MESSAGE_HEADER, message.bytes, 0, length);
            return at + Frames.MESSAGE_HEADER + length;
        }
        int offset = fragment * fragmentBytes;
        into.put(at, (byte) Frames.FRAGMENT);
        into.putInt(at + 6, message.length);
        into.putInt(at + 10, offset);
        into.putShort(at + 14, (short) length);
        into.put(at + Frames.FRAGMENT_HEADER, message.bytes, offset, length);
        return at + Frames.FRAGMENT_HEADER + length;
    }

    /// The peer has got a packet with these.
    void onAcked(FrameQueue frameQueue) {
        while (frameQueue.count() > 0) {
            OutgoingMessage message = frameQueue.firstMessage();
            frameQueue.removeFirst();
            if (--message.unacked == 0) {
                unacked--;
                SendChannel channel = message.channel();
                release(message);
                if (channel.isParked) {
                    channel.isParked = false;
                    reliable.join(channel);
                }
            }
        }
    }

    /// These must go into another packet.
    void sendAgain(FrameQueue frameQueue) {
        while (frameQueue.count() > 0) {
            again.add(frameQueue.firstMessage(), frameQueue.firstFragment());
            frameQueue.removeFirst();
        }
    }

    private void release(OutgoingMessage message) {
        message.channel().remove(message);
        held -= message.length + ExtendedSettings.MESSAGE_COST;
        pool.recycle(message);
    }

    /// Forgets all messages, and gives them back.
    void clear() {
        while (again.count() > 0) {
            again.removeFirst();
        }
        for (SendChannel channel : channels) {
            while (channel != null && channel.first != null) {
                release(channel.first);
            }
        }
        while (reliable.first() != null) {
            reliable.leaveFirst();
        }
        while (unreliable.first() != null) {
            unreliable.leaveFirst();
        }
        unacked = 0;
        unsentBytes = 0;
        unsentFrames = 0;
        trim();
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        again.trim();
    }
}
