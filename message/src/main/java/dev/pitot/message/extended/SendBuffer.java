package dev.pitot.message.extended;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Messages on their way out: takes them, puts them into packets, and keeps the reliable ones
/// until they are confirmed. What must be sent again goes first; then channels take turns, a
/// packet each, reliable ones and others in alternation.
///
/// A reliable message is paid for with credit when it begins, as a whole: so what has begun is
/// always sent to its end. A channel whose next message lacks credit waits, and the others go on.
/// Half of the credit that comes is saved for the channel that has waited longest, so that short
/// messages of others cannot keep a long one waiting for ever.
final class SendBuffer {
    private static final int CHANNELS = 256;

    /// Stands for the fragment's index where a message is not cut.
    private static final int WHOLE = -1;

    private final BufferPool pool;
    private final LinkCounters counters;
    private final int limit;
    private final @Nullable SendChannel[] channels = new @Nullable SendChannel[CHANNELS];
    private final ArrayDeque<SendChannel> reliable = new ArrayDeque<>(1); // channels in turn
    private final ArrayDeque<SendChannel> unreliable = new ArrayDeque<>(1);
    private final ArrayDeque<SendChannel> unpaid = new ArrayDeque<>(1); // whose next message lacks credit
    private final FrameQueue again = new FrameQueue();

    private int fragmentBytes;
    private long firstSequence;
    private long credit;
    private long spent;
    private long saved; // of the credit, for the next message of one channel
    private @Nullable SendChannel saver;
    private long progress;
    private boolean isUnreliableFirst;
    private @Nullable OutgoingMessage lastTaken;

    private long held;
    private long memory; // taken by what is held
    private long undelivered;
    private long unsentBytes;
    private long unsentFrames;
    private long unacked;

    SendBuffer(BufferPool pool, LinkCounters counters, int limit) {
        this.pool = pool;
        this.counters = counters;
        this.limit = limit;
    }

    /// The connection is open.
    ///
    /// @param credit how many bytes the peer takes at first
    void begin(int fragmentBytes, long credit) {
        this.fragmentBytes = fragmentBytes;
        this.credit = spent + credit;
    }

    /// For tests: as if each channel had sent that many messages before, and all together so many bytes.
    void startAt(long sequence, long bytes) {
        firstSequence = sequence;
        spent = bytes;
    }

    /// Takes a message, if there is room.
    boolean offer(ByteBuffer payload, Channel channel) {
        int length = payload.remaining();
        if (held + length + ExtendedSettings.MESSAGE_COST > limit) {
            return false;
        }
        SendChannel way = channel(channel);
        OutgoingMessage message = pool.message(length);
        payload.get(payload.position(), message.bytes, 0, length);
        int fragments = length <= fragmentBytes ? 1 : (length + fragmentBytes - 1) / fragmentBytes;
        message.begin(way, way.sequence++, length, fragments);
        way.append(message);
        lastTaken = message;
        progress += isDrained() ? 1 : 0;
        if (!way.isParked) {
            join(way.isReliable ? reliable : unreliable, way);
        }
        held += length + ExtendedSettings.MESSAGE_COST;
        memory += message.bytes.length + OutgoingMessage.OVERHEAD_BYTES;
        unsentBytes += length;
        unsentFrames += fragments;
        undelivered += way.isReliable ? 1 : 0;
        return true;
    }

    /// For the message that was taken last, which has not left yet.
    void whenConfirmed(CompletableFuture<Void> confirmed) {
        Objects.requireNonNull(lastTaken, "nothing was sent").confirmed = confirmed;
    }

    boolean isWritable() {
        return held + ExtendedSettings.MESSAGE_COST <= limit / 2;
    }

    /// Returns the bytes of memory that are taken by what waits to be sent or confirmed.
    long heldBytes() {
        return memory;
    }

    private SendChannel channel(Channel channel) {
        int wire = SendChannel.wire(channel);
        SendChannel known = channels[wire];
        if (known == null) {
            known = new SendChannel(channel);
            known.sequence = firstSequence;
            channels[wire] = known;
        }
        return known;
    }

    private static void join(ArrayDeque<SendChannel> line, SendChannel channel) {
        if (!channel.isInLine) {
            channel.isInLine = true;
            line.add(channel);
        }
    }

    void onCredit(long total) {
        if (total <= credit) {
            return;
        }
        if (saver != null) {
            saved += (total - credit) / 2;
        }
        credit = total;
        progress++;
        reliable.addAll(unpaid);
        unpaid.clear();
    }

    /// True if anything could go into a packet now.
    boolean hasWork() {
        return again.count() > 0 || !unreliable.isEmpty() || !reliable.isEmpty();
    }

    /// Returns a number that grows whenever the peer confirms or allows something, or nothing waited for that.
    long progress() {
        return progress;
    }

    /// True if all that could go into packets now fits some bytes.
    boolean fits(long room) {
        long sendAgain = (long) again.count() * (Frames.FRAGMENT_HEADER + fragmentBytes);
        return sendAgain + unsentBytes + unsentFrames * Frames.FRAGMENT_HEADER <= room;
    }

    /// Returns the payload bytes that were never sent.
    long unsentBytes() {
        return unsentBytes;
    }

    /// Returns the number of reliable messages that were sent, in part at least, and are not acknowledged.
    long unacked() {
        return unacked;
    }

    /// Returns the number of reliable messages that were taken and are not confirmed, sent or not. On an ordered
    /// channel these are all from the first on that is not acknowledged: the peer keeps what is behind it, and
    /// drops that if the connection ends before the gap is filled.
    long undelivered() {
        return undelivered;
    }

    /// True if no reliable message waits to be sent or confirmed.
    boolean isDrained() {
        return unacked == 0 && reliable.isEmpty() && unpaid.isEmpty();
    }

    /// True if no message waits at all.
    boolean isEmpty() {
        return unsentBytes == 0 && isDrained();
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
            if (!message.isResent) {
                counters.onResent();
            }
            message.isResent = true;
        }
        isUnreliableFirst = !isUnreliableFirst;
        at = fill(isUnreliableFirst ? unreliable : reliable, into, at, end, frameQueue);
        return fill(isUnreliableFirst ? reliable : unreliable, into, at, end, frameQueue);
    }

    private int fill(ArrayDeque<SendChannel> line, ByteBuffer into, int from, int end, FrameQueue frameQueue) {
        int at = from;
        SendChannel channel = line.peek();
        while (channel != null) {
            OutgoingMessage message = channel.unsent;
            if (message == null) {
                line.remove().isInLine = false;
            } else if (isTooFarAhead(channel, message)) {
                channel.isParked = true;
                line.remove().isInLine = false;
            } else {
                int fragment = message.fragments == 1 ? WHOLE : message.sentFragments;
                if (frameSize(message, fragment) > end - at) {
                    line.add(line.remove());
                    return at;
                }
                if (message.sentFragments == 0 && channel.isReliable && !pay(channel, message)) {
                    unpaid.add(line.remove());
                } else {
                    at = write(into, at, message, fragment);
                    onFirstSent(channel, message, fragment, frameQueue);
                }
            }
            channel = line.peek();
        }
        return at;
    }

    private static boolean isTooFarAhead(SendChannel channel, OutgoingMessage message) {
        OutgoingMessage first = channel.first;
        return channel.isReliable && first != null && message.sequence - first.sequence >= Frames.SEQUENCE_SPAN;
    }

    private boolean pay(SendChannel channel, OutgoingMessage message) {
        long cost = (long) message.length + ExtendedSettings.MESSAGE_COST;
        if (cost > credit - spent - (channel == saver ? 0 : saved)) {
            saver = saver == null ? channel : saver;
            return false;
        }
        if (channel == saver) {
            saver = null;
            saved = 0;
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
            counters.onMessageSent();
        }
        if (channel.isReliable) {
            frameQueue.add(message, fragment);
            return;
        }
        progress += isDrained() ? 1 : 0;
        if (isWhole) {
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
            progress++;
            if (--message.unacked == 0) {
                unacked--;
                onAcked(message);
            }
        }
    }

    private void onAcked(OutgoingMessage message) {
        SendChannel channel = message.channel();
        CompletableFuture<Void> confirmed = message.confirmed;
        message.confirmed = null;
        if (confirmed != null) {
            channel.acked.put(message.sequence, confirmed);
            memory += SendChannel.ACKED_BYTES;
        }
        long before = channel.lowestUnacked();
        release(message);
        undelivered -= channel.isOrdered ? channel.lowestUnacked() - before : 1;
        if (channel.isParked) {
            channel.isParked = false;
            join(reliable, channel);
        }
        confirmed = channel.takeConfirmed();
        while (confirmed != null) {
            memory -= SendChannel.ACKED_BYTES;
            confirmed.complete(null);
            confirmed = channel.takeConfirmed();
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
        memory -= message.bytes.length + OutgoingMessage.OVERHEAD_BYTES;
        pool.recycle(message);
    }

    /// Forgets all messages, and gives them back.
    void clear() {
        while (again.count() > 0) {
            again.removeFirst();
        }
        for (SendChannel channel : channels) {
            if (channel != null) {
                channel.isInLine = false;
                while (channel.first != null) {
                    release(channel.first);
                }
                memory -= channel.acked.size() * SendChannel.ACKED_BYTES;
                channel.failAcked();
            }
        }
        reliable.clear();
        unreliable.clear();
        unpaid.clear();
        saver = null;
        unacked = 0;
        undelivered = 0;
        unsentBytes = 0;
        unsentFrames = 0;
        trim();
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        again.trim();
    }
}
