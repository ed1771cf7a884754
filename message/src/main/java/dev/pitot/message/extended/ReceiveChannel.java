package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The receiving end of a channel: which messages came, and what waits of them.
///
/// A reliable channel knows of each sequence number from the lowest that is not done what came of
/// the message (a [FragmentBuffer]), the whole of one that came too early (`byte[]`), or that it is
/// [Done]. As long as all come in order there are none. The memory for it goes with how many
/// messages came, not with how far ahead they are.
final class ReceiveChannel {
    /// Stands for a message that was handed over.
    enum Done {
        DONE
    }

    private static final int MAX_PARTS = 8;

    final Channel channel;

    /// Of a reliable channel the lowest sequence number that is not done; of others that after the
    /// newest. The numbers that come are expanded near it.
    long next;

    private final ReorderBuffer held;
    private final DeliveredBitmap done = new DeliveredBitmap();

    /// Messages of an unreliable channel that have come in part.
    private final List<FragmentBuffer> parts = new ArrayList<>(0);

    /// @param seed at random
    ReceiveChannel(int wire, int seed) {
        channel = SendChannel.channel(wire);
        held = new ReorderBuffer(seed);
    }

    boolean isOrdered() {
        return channel.kind() == Channel.Kind.RELIABLE_ORDERED;
    }

    boolean isSequenced() {
        return channel.kind() == Channel.Kind.UNRELIABLE_SEQUENCED;
    }

    /// Returns what is known of a message of a reliable channel, or null: a [FragmentBuffer], a `byte[]`, or
    /// [Done].
    @Nullable Object known(long sequence) {
        if (sequence < next) {
            return Done.DONE;
        }
        if (sequence - next >= Frames.SEQUENCE_SPAN) {
            return null;
        }
        return !done.isEmpty() && done.contains(sequence) ? Done.DONE : held.find(sequence);
    }

    /// @param sequence of which nothing is known, within [Frames#SEQUENCE_SPAN] of the next
    /// @param content a [FragmentBuffer] or a `byte[]`
    void hold(long sequence, Object content) {
        held.add(sequence, content);
    }

    /// A message is done though one before it is not.
    ///
    /// @return the bytes of memory that this took
    long finish(long sequence) {
        held.remove(sequence);
        long before = done.heldBytes();
        done.add(sequence);
        return done.heldBytes() - before;
    }

    /// The lowest is done.
    void advance() {
        if (!held.isEmpty()) {
            held.remove(next);
        }
        if (!done.isEmpty()) {
            done.remove(next);
        }
        next++;
    }

    /// The unreliable message of this number that has come in part, or null.
    @Nullable FragmentBuffer part(long sequence) {
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
    @Nullable FragmentBuffer addPart(FragmentBuffer part) {
        parts.add(part);
        return parts.size() > MAX_PARTS ? parts.removeFirst() : null;
    }

    void removePart(FragmentBuffer part) {
        parts.remove(part);
    }

    /// Takes an unreliable message out that is older than a number, or any if all are; null if
    /// there is none.
    @Nullable FragmentBuffer removePartBefore(long sequence) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).sequence < sequence) {
                return parts.remove(i);
            }
        }
        return null;
    }

    /// Gives back memory, if it has none in use.
    ///
    /// @return the bytes of memory that this gave back of what [#finish(long)] took
    long trim() {
        held.trim();
        long before = done.heldBytes();
        done.trim();
        return before - done.heldBytes();
    }

    /// Gives back all.
    void release() {
        held.clear(content -> {
            if (content instanceof FragmentBuffer part) {
                part.release();
            }
        });
        done.clear();
    }

    @Override
    public String toString() {
        return Objects.toString(channel);
    }
}
