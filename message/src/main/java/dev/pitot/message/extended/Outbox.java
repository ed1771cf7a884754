package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Messages on their way out: takes them, puts them into packets, and keeps the reliable ones
/// until they are confirmed. What must be sent again goes first; then channels take turns, a
/// packet each, reliable ones and others in alternation.
final class Outbox {
    private static final int CHANNELS = 256;

    /// Stands for the fragment's index where a message is not cut.
    private static final int WHOLE = -1;

    private final Stock stock;
    private final Tally tally;
    private final int limit;
    private final @Nullable OutChannel[] channels = new @Nullable OutChannel[CHANNELS];
    private final Line reliable = new Line();
    private final Line unreliable = new Line();
    private final Pieces again = new Pieces();

    private int fragmentBytes;
    private long credit;
    private long spent;
    private boolean isCreditShort;
    private boolean isExhausted;
    private boolean isUnreliableFirst;

    private long held;
    private long unsentBytes;
    private long unsentFrames;
    private long unconfirmed;

    Outbox(Stock stock, Tally tally, int limit) {
        this.stock = stock;
        this.tally = tally;
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
        OutChannel way = channel(channel);
        if (way.sequence > Frames.MAX_SEQUENCE) {
            isExhausted = true;
            return false;
        }
        Outgoing message = stock.message(length);
        payload.get(payload.position(), message.bytes, 0, length);
        int pieces = length <= fragmentBytes ? 1 : (length + fragmentBytes - 1) / fragmentBytes;
        message.begin(way, way.sequence++, length, pieces);
        way.append(message);
        if (!way.isParked) {
            line(way).join(way);
        }
        held += length + ExtendedSettings.MESSAGE_COST;
        unsentBytes += length;
        unsentFrames += pieces;
        tally.sent.messages++;
        return true;
    }

    private OutChannel channel(Channel channel) {
        int wire = OutChannel.wire(channel);
        OutChannel known = channels[wire];
        if (known == null) {
            known = new OutChannel(channel);
            channels[wire] = known;
        }
        return known;
    }

    private Line line(OutChannel channel) {
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
    long unconfirmed() {
        return unconfirmed;
    }

    /// Whether no reliable message waits to be sent or confirmed.
    boolean isDrained() {
        return unconfirmed == 0 && reliable.first() == null;
    }

    /// Writes as many frames as fit.
    ///
    /// @param pieces takes down which reliable ones
    /// @return the position behind
    int fill(ByteBuffer into, int from, int end, Pieces pieces) {
        int at = from;
        while (again.count() > 0) {
            Outgoing message = again.firstMessage();
            int fragment = again.firstFragment();
            if (frameSize(message, fragment) > end - at) {
                return at;
            }
            again.removeFirst();
            at = write(into, at, message, fragment);
            pieces.add(message, fragment);
            tally.resent += message.isResent ? 0 : 1;
            message.isResent = true;
        }
        isUnreliableFirst = !isUnreliableFirst;
        at = fill(isUnreliableFirst ? unreliable : reliable, into, at, end, pieces);
        return fill(isUnreliableFirst ? reliable : unreliable, into, at, end, pieces);
    }

    private int fill(Line line, ByteBuffer into, int from, int end, Pieces pieces) {
        int at = from;
        OutChannel channel = line.first();
        while (channel != null) {
            Outgoing message = channel.unsent;
            if (message == null) {
                line.leaveFirst();
            } else if (isTooFarAhead(channel, message)) {
                channel.isParked = true;
                line.leaveFirst();
            } else {
                int fragment = message.pieces == 1 ? WHOLE : message.sentPieces;
                if (frameSize(message, fragment) > end - at) {
                    line.rotate();
                    return at;
                }
                if (message.sentPieces == 0 && channel.isReliable && !pay(message)) {
                    isCreditShort = true; // and nobody overtakes, or a long message would wait for ever
                    return at;
                }
                at = write(into, at, message, fragment);
                onFirstSent(channel, message, fragment, pieces);
            }
            channel = line.first();
        }
        return at;
    }

    private static boolean isTooFarAhead(OutChannel channel, Outgoing message) {
        Outgoing first = channel.first;
        return channel.isReliable && first != null && message.sequence - first.sequence >= Frames.SEQUENCE_SPAN;
    }

    private boolean pay(Outgoing message) {
        long cost = (long) message.length + ExtendedSettings.MESSAGE_COST;
        if (cost > credit - spent) {
            return false;
        }
        spent += cost;
        unconfirmed++;
        return true;
    }

    private void onFirstSent(OutChannel channel, Outgoing message, int fragment, Pieces pieces) {
        message.sentPieces++;
        unsentFrames--;
        unsentBytes -= pieceLength(message, fragment);
        boolean isWhole = message.sentPieces == message.pieces;
        if (isWhole) {
            channel.unsent = message.next;
        }
        if (channel.isReliable) {
            pieces.add(message, fragment);
        } else if (isWhole) {
            release(message);
        }
    }

    private int pieceLength(Outgoing message, int fragment) {
        return fragment == WHOLE ? message.length : Math.min(fragmentBytes, message.length - fragment * fragmentBytes);
    }

    private int frameSize(Outgoing message, int fragment) {
        int header = fragment == WHOLE ? Frames.MESSAGE_HEADER : Frames.FRAGMENT_HEADER;
        return header + pieceLength(message, fragment);
    }

    private int write(ByteBuffer into, int at, Outgoing message, int fragment) {
        int length = pieceLength(message, fragment);
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
    void onConfirmed(Pieces pieces) {
        while (pieces.count() > 0) {
            Outgoing message = pieces.firstMessage();
            pieces.removeFirst();
            if (--message.unconfirmed == 0) {
                unconfirmed--;
                OutChannel channel = message.channel();
                release(message);
                if (channel.isParked) {
                    channel.isParked = false;
                    reliable.join(channel);
                }
            }
        }
    }

    /// These must go into another packet.
    void sendAgain(Pieces pieces) {
        while (pieces.count() > 0) {
            again.add(pieces.firstMessage(), pieces.firstFragment());
            pieces.removeFirst();
        }
    }

    private void release(Outgoing message) {
        message.channel().remove(message);
        held -= message.length + ExtendedSettings.MESSAGE_COST;
        stock.giveBack(message);
    }

    /// Forgets all messages, and gives them back.
    void clear() {
        while (again.count() > 0) {
            again.removeFirst();
        }
        for (OutChannel channel : channels) {
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
        unconfirmed = 0;
        unsentBytes = 0;
        unsentFrames = 0;
        trim();
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        again.trim();
    }
}
