package dev.pitot.message.legume;

import dev.pitot.message.accounting.Deadlines;
import dev.pitot.message.accounting.LinkCounters;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Pings that have no answer yet, and what an answer to each would prove. One thread.
///
/// A pong proves that the datagram with its ping was read, hence that all messages in it have
/// come, now or before: legume confirms a repeated message only if it had not come, but answers
/// each ping. Ids are random, so that who does not see the pings cannot answer them.
final class PendingPings {
    /// Ids of Pitot's pings have this bit; the original counts from 1 and dies before it gets
    /// here.
    static final int OWN = 0x8000;

    /// Share of the interval after which one follows that was not answered: so neither loss nor the
    /// backoff of messages makes a peer that is there look silent.
    private static final int UNANSWERED_SHARE = 4;

    /// The same while a message may be one that the peer cannot read, to know whether it reads others.
    private static final int PROBE_SHARE = 40;

    private static final int SLOTS = 128;
    private static final int MAX_MESSAGES = SystemMessage.MAX_DATAGRAM_BYTES / (SystemMessage.PREFIX_BYTES + 1);
    private static final int FIRST_MESSAGES = 8;
    private static final int ARRAY_BYTES = 16; // of its header

    private final int[] serials = new int[SLOTS]; // of the pings as messages
    private final long[] sentAt = new long[SLOTS];
    private final boolean[] waiting = new boolean[SLOTS];
    private final int[] @Nullable [] proves = new int[SLOTS][];
    private final short[] proven = new short[SLOTS];
    private final short[] ids = new short[SLOTS];
    private final SplittableRandom random;
    private final long intervalNanos;
    private final RetransmissionTimeout roundTrip;
    private int[] current = new int[FIRST_MESSAGES];
    private int currentCount;
    private long heldBytes;
    private int count;
    private long nextAt = Deadlines.NEVER;
    private long askAt;
    private long probeAt;
    private boolean needsProof;
    private boolean isUnanswered;

    /// @param seed what the ids are chosen by
    /// @param intervalNanos from one ping to the next
    PendingPings(long seed, long intervalNanos, RetransmissionTimeout roundTrip) {
        random = new SplittableRandom(seed);
        this.intervalNanos = intervalNanos;
        this.roundTrip = roundTrip;
    }

    /// Pings leave regularly from now on.
    ///
    /// @param isFirstDue whether the first leaves at once
    void start(boolean isFirstDue, long now) {
        nextAt = isFirstDue ? now : now + intervalNanos;
        probeAt = now;
    }

    /// None leaves any more, and there is nothing left that an answer could prove.
    void stop() {
        nextAt = Deadlines.NEVER;
        Arrays.fill(proves, null);
        heldBytes = 0;
    }

    /// Gives back the memory of pings that were answered.
    private void trim() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (!waiting[slot]) {
                heldBytes -= bytes(proves[slot]);
                proves[slot] = null;
            }
        }
    }

    /// Returns the bytes of memory that the lists of what pings prove take.
    long heldBytes() {
        return heldBytes;
    }

    private static long bytes(int @Nullable [] messages) {
        return messages == null ? 0 : ARRAY_BYTES + (long) messages.length * Integer.BYTES;
    }

    long nextAt() {
        return nextAt;
    }

    /// Returns the time when the peer may be asked again what has arrived.
    long askAt() {
        return askAt;
    }

    /// Returns the time when the peer may be asked whether it answers.
    long probeAt() {
        return probeAt;
    }

    /// True if a ping must be in this datagram.
    boolean needsProof() {
        return needsProof;
    }

    /// A datagram begins in which a ping may be.
    void begin() {
        currentCount = 0;
        needsProof = false;
    }

    /// A reliable message is in this datagram.
    ///
    /// @param isToProve whether only a pong can confirm it
    void onMessage(int serial, boolean isToProve) {
        needsProof |= isToProve;
        if (currentCount == current.length) {
            current = Arrays.copyOf(current, Math.min(MAX_MESSAGES, 2 * current.length));
        }
        current[currentCount++] = serial;
    }

    /// Puts a ping into this datagram if it needs one, or one is due.
    ///
    /// @param isProbing whether it is to be known soon if the peer answers
    void pack(DatagramPacker packer, SequenceNumbers numbers, LinkCounters counters, boolean isProbing, long now) {
        boolean asks = nextAt != Deadlines.NEVER && numbers.isUnheard();
        boolean isDue = needsProof
                || Deadlines.isDue(nextAt, now)
                || (asks && askAt - now <= 0)
                || (isProbing && probeAt - now <= 0);
        if (!isDue || !packer.fits(DatagramPacker.PING_BYTES)) {
            return;
        }
        int serial = numbers.take();
        packer.withId(serial, SystemMessage.PING, add(serial, now));
        counters.onKeepAliveSent();
        askAt = now + roundTrip.timeout(0);
        probeAt = isProbing ? now + intervalNanos / PROBE_SHARE : probeAt;
        if (Deadlines.isDue(nextAt, now)
                && numbers.areConfirmed()) { // else what is given back would soon be taken again
            trim();
        }
        if (nextAt != Deadlines.NEVER) {
            nextAt = now + (isUnanswered ? intervalNanos / UNANSWERED_SHARE : intervalNanos);
            isUnanswered = true;
        }
    }

    /// Takes down the ping of this datagram: what is in it is known. Takes the place of the oldest.
    ///
    /// @param serial of the ping as a message
    /// @return its id
    int add(int serial, long now) {
        int id = OWN | random.nextInt(OWN);
        while (slotOf(id) >= 0) {
            id = OWN | random.nextInt(OWN);
        }
        int slot = count++ & SLOTS - 1;
        int @Nullable [] taken = proves[slot];
        heldBytes += bytes(current) - bytes(taken);
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

    /// Returns the slot of the ping with this id, if it waits for an answer, and -1 if there is none.
    /// It waits no longer.
    int answered(int id, long now) {
        int slot = slotOf(id);
        if (slot >= 0) {
            isUnanswered = false;
            askAt = now; // the next may be asked as soon as it is needed
            waiting[slot] = false;
        }
        return slot;
    }

    private int slotOf(int id) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (ids[slot] == (short) id && waiting[slot]) {
                return slot;
            }
        }
        return -1;
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
