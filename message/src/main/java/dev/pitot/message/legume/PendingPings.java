package dev.pitot.message.legume;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Pings that have no answer yet, and what an answer to each would prove. One thread.
///
/// A pong proves that the datagram with its ping was read, hence that all messages in it have
/// come, now or before: legume confirms a repeated message only if it had not come, but answers
/// each ping.
final class PendingPings {
    /// Ids of Pitot's pings have this bit; the original counts from 1 and dies before it gets
    /// here.
    static final int OWN = 0x8000;

    private static final int SLOTS = 128;
    private static final int MAX_MESSAGES = SystemMessage.MAX_DATAGRAM_BYTES / (SystemMessage.PREFIX_BYTES + 1);
    private static final int FIRST_MESSAGES = 8;

    private final int[] serials = new int[SLOTS]; // of the pings as messages
    private final long[] sentAt = new long[SLOTS];
    private final boolean[] waiting = new boolean[SLOTS];
    private final int[] @Nullable [] proves = new int[SLOTS][];
    private final short[] proven = new short[SLOTS];
    private final short[] ids = new short[SLOTS];
    private int[] current = new int[FIRST_MESSAGES];
    private int currentCount;
    private int count;

    /// A datagram begins in which a ping may be.
    void begin() {
        currentCount = 0;
    }

    /// A reliable message is in this datagram.
    void onMessage(int serial) {
        if (currentCount == current.length) {
            current = Arrays.copyOf(current, Math.min(MAX_MESSAGES, 2 * current.length));
        }
        current[currentCount++] = serial;
    }

    /// The ping of this datagram: what is in it is known. Takes the place of the oldest.
    ///
    /// @param serial of the ping as a message
    /// @return its id
    int add(int serial, long now) {
        int id = OWN | (count & (OWN - 1));
        int slot = count & SLOTS - 1;
        count++;
        int @Nullable [] taken = proves[slot];
        proves[slot] = current;
        proven[slot] = (short) currentCount;
        current = taken == null ? new int[FIRST_MESSAGES] : taken;
        currentCount = 0;
        ids[slot] = (short) id;
        serials[slot] = serial;
        sentAt[slot] = now;
        waiting[slot] = true;
        return id;
    }

    /// The slot of the ping with this id, if it waits for an answer, and -1 if there is none.
    /// It waits no longer.
    int answered(int id) {
        int slot = id & SLOTS - 1;
        if (!waiting[slot] || (ids[slot] & 0xFFFF) != id) {
            return -1;
        }
        waiting[slot] = false;
        return slot;
    }

    long sentAt(int slot) {
        return sentAt[slot];
    }

    int serial(int slot) {
        return serials[slot];
    }

    int provenCount(int slot) {
        return proven[slot];
    }

    int proven(int slot, int index) {
        int @Nullable [] messages = proves[slot];
        return messages == null ? -1 : messages[index];
    }
}
