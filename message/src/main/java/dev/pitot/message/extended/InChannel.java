package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The receiving end of a channel: which messages came, and what waits of them.
///
/// A reliable channel has a slot for each sequence number from the lowest that is not done: what
/// came of the message (an [Incoming]), the whole of one that came too early (`byte[]`), or
/// [Done]. As long as all come in order there are none.
final class InChannel {
    /// In the slot of a message that was handed over though one before it is not done.
    enum Done {
        DONE
    }

    private static final int MIN_SLOTS = 16;
    private static final int MAX_PARTS = 8;
    private static final @Nullable Object[] NO_SLOTS = new @Nullable Object[0];

    final Channel channel;

    /// Of a reliable channel the lowest sequence number that is not done; of a sequenced one that
    /// after the newest.
    long next;

    private @Nullable Object[] slots = NO_SLOTS;
    private int used;

    /// Messages of an unreliable channel that have come in part.
    private final List<Incoming> parts = new ArrayList<>(0);

    InChannel(int wire) {
        channel = OutChannel.channel(wire);
    }

    boolean isOrdered() {
        return channel.kind() == Channel.Kind.RELIABLE_ORDERED;
    }

    boolean isSequenced() {
        return channel.kind() == Channel.Kind.UNRELIABLE_SEQUENCED;
    }

    @Nullable Object slot(long sequence) {
        return sequence - next < slots.length ? slots[index(sequence)] : null;
    }

    /// @param sequence within [Frames#SEQUENCE_SPAN] of the next
    void fill(long sequence, Object content) {
        while (sequence - next >= slots.length) {
            grow();
        }
        int index = index(sequence);
        used += slots[index] == null ? 1 : 0;
        slots[index] = content;
    }

    /// The lowest is done.
    void advance() {
        if (used > 0) {
            int index = index(next);
            used -= slots[index] == null ? 0 : 1;
            slots[index] = null;
        }
        next++;
    }

    private int index(long sequence) {
        return (int) sequence & slots.length - 1;
    }

    private void grow() {
        @Nullable Object[] wider = new @Nullable Object[Math.max(MIN_SLOTS, slots.length * 2)];
        for (long sequence = next; sequence < next + slots.length; sequence++) {
            wider[(int) sequence & wider.length - 1] = slots[index(sequence)];
        }
        slots = wider;
    }

    /// The unreliable message of this number that has come in part, or null.
    @Nullable Incoming part(long sequence) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).sequence == sequence) {
                return parts.get(i);
            }
        }
        return null;
    }

    /// Takes an unreliable message in.
    ///
    /// @return the oldest, which must give way, or null
    @Nullable Incoming addPart(Incoming part) {
        parts.add(part);
        return parts.size() > MAX_PARTS ? parts.removeFirst() : null;
    }

    void removePart(Incoming part) {
        parts.remove(part);
    }

    /// Takes an unreliable message out that is older than a number, or any if all are; null if
    /// there is none.
    @Nullable Incoming removePartBefore(long sequence) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).sequence < sequence) {
                return parts.remove(i);
            }
        }
        return null;
    }

    /// Gives back what waits, if nothing of it can be needed.
    void trim() {
        if (used == 0) {
            slots = NO_SLOTS;
        }
    }

    /// Gives back all.
    void release() {
        for (Object slot : slots) {
            if (slot instanceof Incoming part) {
                part.release();
            }
        }
        Arrays.fill(slots, null);
        used = 0;
        trim();
    }

    @Override
    public String toString() {
        return Objects.toString(channel);
    }
}
