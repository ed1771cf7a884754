package dev.pitot.engine.stream;

import java.util.Arrays;

/// Tells from the sequence numbers of one stream what was lost, late or duplicated. Exact as long
/// as no datagram is later than [#WINDOW] others; what comes later still is taken for late, since
/// whether it came before is no longer known. Belongs to the receiver's thread; allocates nothing
/// after its construction.
///
/// iperf (iperf_udp.c: iperf_udp_recv) keeps no such memory: there a duplicate counts as out of
/// order and hides a loss.
final class SequenceTracker {
    /// Numbers that are remembered: 64 KiB of memory. A stream of a million datagrams a second
    /// needs half a second for them.
    static final int WINDOW = 1 << 19;

    /// Farther ahead no datagram can be: that many at ten million a second take a day.
    static final long MAX_JUMP = 1L << 40;

    private static final int WORD_SHIFT = 6;
    private static final long WORD_MASK = Long.SIZE - 1L;

    private final long[] arrived = new long[WINDOW >>> WORD_SHIFT];
    private long highest;
    private long lost;
    private long outOfOrder;
    private long duplicates;

    /// A datagram with a number of 32 bits arrived, which stands for the nearest number of 64
    /// bits that ends so: counters that wrap (after 2^32 datagrams) do no harm.
    ///
    /// @param sequence 0..2^32−1
    void onNarrow(long sequence) {
        onArrival(highest + (int) (sequence - highest));
    }

    /// A datagram arrived.
    ///
    /// @param sequence senders count from 1; anything less is none of theirs and is ignored
    void onArrival(long sequence) {
        if (sequence - highest > MAX_JUMP) {
            return; // no network loses that many in a row
        }
        if (sequence > highest) {
            advance(sequence);
        } else if (sequence > 0) {
            onOld(sequence);
        }
    }

    private void advance(long sequence) {
        long gap = sequence - highest - 1;
        lost += gap;
        forget(highest + 1, gap);
        mark(sequence);
        highest = sequence;
    }

    /// Makes room for numbers that have not arrived.
    private void forget(long first, long count) {
        if (count >= WINDOW) {
            Arrays.fill(arrived, 0);
            return;
        }
        long end = first + count;
        for (long number = first; number < end; ) {
            boolean isWholeWord = (number & WORD_MASK) == 0 && end - number >= Long.SIZE;
            if (isWholeWord) {
                arrived[word(number)] = 0;
                number += Long.SIZE;
            } else {
                arrived[word(number)] &= ~(1L << number);
                number++;
            }
        }
    }

    private void onOld(long sequence) {
        boolean isForgotten = highest - sequence >= WINDOW;
        if (!isForgotten && (arrived[word(sequence)] & 1L << sequence) != 0) {
            duplicates++;
            return;
        }
        outOfOrder++;
        if (lost > 0) { // a number that is forgotten may be a duplicate
            lost--;
        }
        if (!isForgotten) {
            mark(sequence);
        }
    }

    private void mark(long sequence) {
        arrived[word(sequence)] |= 1L << sequence;
    }

    private static int word(long sequence) {
        return (int) (sequence >>> WORD_SHIFT) & ((WINDOW >>> WORD_SHIFT) - 1);
    }

    /// The highest number that arrived; 0 before the first.
    long highest() {
        return highest;
    }

    long lost() {
        return lost;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    long duplicates() {
        return duplicates;
    }
}
