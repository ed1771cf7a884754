package dev.pitot.probe.stamp;

import java.util.BitSet;

/// Knows which packets were answered, and derives the loss of each direction from the reflector's numbers.
/// Used by one thread; it remembers the last 65,536 packets, so that its memory does not grow.
///
/// The first packet has the number 1, as if number 0 had been lost: a reflector with a count of its own,
/// which begins with 0, then never repeats the numbers of the packets, and can be told from one that does.
final class AnswerTracker {
    static final int FIRST_SEQUENCE = 1;

    private static final int WINDOW = 65_536;

    private final long[] timestamps = new long[WINDOW];
    private final int[] reflected = new int[WINDOW]; // the reflector's number of the first answer
    private final BitSet answeredSlots = new BitSet(WINDOW);
    private int next = FIRST_SEQUENCE;
    private long answered;
    private long duplicates;
    private long reordered;
    private long forwardDuplicates;
    private int highest; // packet that was answered
    private long highestReflected = -1;
    private boolean isCounting; // whether the reflector does
    private boolean isStrange; // whether its numbers are not those of a count that begins with 0

    /// Takes the next packet.
    ///
    /// @param timestamp as it is written
    void sent(long timestamp) {
        int slot = next % WINDOW;
        timestamps[slot] = timestamp;
        answeredSlots.clear(slot);
        next++;
    }

    /// Returns whether such a packet was sent, and not too long ago.
    boolean isKnown(StampRequest request) {
        int sequence = request.sequence();
        return sequence >= FIRST_SEQUENCE
                && sequence < next
                && next - sequence <= WINDOW
                && timestamps[sequence % WINDOW] == request.timestamp();
    }

    /// Takes an answer to a packet that is known.
    ///
    /// @return whether it is the first
    boolean answered(int sequence, int reflectorSequence) {
        int slot = sequence % WINDOW;
        boolean isFirst = !answeredSlots.get(slot);
        boolean isOtherAnswer = !isFirst && reflected[slot] != reflectorSequence;
        if (isFirst || isOtherAnswer) {
            count(sequence, reflectorSequence);
        }
        if (!isFirst) {
            duplicates++;
            forwardDuplicates += isOtherAnswer ? 1 : 0;
            return false;
        }
        answeredSlots.set(slot);
        reflected[slot] = reflectorSequence;
        answered++;
        if (sequence < highest) {
            reordered++;
        }
        highest = Math.max(highest, sequence);
        return true;
    }

    private void count(int sequence, int reflectorSequence) {
        isCounting |= reflectorSequence != sequence;
        isStrange |= reflectorSequence < 0;
        highestReflected = Math.max(highestReflected, reflectorSequence);
    }

    long sent() {
        return (long) next - FIRST_SEQUENCE;
    }

    long answered() {
        return answered;
    }

    long duplicates() {
        return duplicates;
    }

    long reordered() {
        return reordered;
    }

    StampLoss loss() {
        long lost = sent() - answered;
        long open = next - 1L - highest; // with no answer at all, all of them
        long reached = highestReflected + 1 - forwardDuplicates; // distinct packets, up to the highest
        long forward = highest + 1L - FIRST_SEQUENCE - reached;
        long reverse = lost - open - forward;
        if (lost == 0) {
            return new StampLoss.ByDirection(0, 0, 0);
        }
        return !isCounting || isStrange || forward < 0 || reverse < 0
                ? new StampLoss.Unknown(lost)
                : new StampLoss.ByDirection(forward, reverse, open);
    }
}
