package dev.pitot.engine.stream;

import java.util.Arrays;

/// Counter of lost, late and duplicated datagrams of one stream, from their sequence numbers. Exact as
/// long as no datagram is overtaken by more than [#WINDOW] others; one that arrives even later counts as
/// out of order, because it is no longer known whether it arrived before. Belongs to the receiver's
/// thread; allocates nothing after its construction.
///
/// iperf (iperf_udp.c: iperf_udp_recv) does not remember sequence numbers: a duplicate counts as out of
/// order there and hides a loss.
final class SequenceTracker {
    /// Number of sequence numbers that are remembered: 64 KiB of memory, or half a second of a stream of
    /// a million datagrams per second.
    static final int WINDOW = 1 << 19;

    /// Largest plausible jump ahead: at ten million datagrams per second, that many take a day.
    static final long MAX_JUMP = 1L << 40;

    private static final int WORD_SHIFT = 6;
    private static final long WORD_MASK = Long.SIZE - 1L;

    private final long[] arrived = new long[WINDOW >>> WORD_SHIFT];
    private long highest;
    private long lost;
    private long outOfOrder;
    private long duplicates;

    /// Counts datagrams whose numbers follow each other without a gap. Where the numbers have 32 bits, the first
    /// is extended to the nearest 64-bit number with these low bits: counters may wrap (after 2^32 datagrams).
    ///
    /// @param first number of the first datagram: 0..2^32−1 unless `wide`
    /// @param count at least 1, less than [#WINDOW]
    /// @param wide whether sequence numbers have 64 bits
    void onTrain(long first, int count, boolean wide) {
        long start = wide ? first : highest + (int) (first - highest);
        boolean isAhead = start > highest && start - highest <= MAX_JUMP && start <= Long.MAX_VALUE - count;
        if (isAhead) {
            advance(start, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            onArrival(start + i);
        }
    }

    /// Counts a datagram.
    ///
    /// @param sequence senders count from 1; smaller values are not from a sender and are ignored
    void onArrival(long sequence) {
        if (sequence - highest > MAX_JUMP) {
            return; // no network loses that many in a row
        }
        if (sequence > highest) {
            advance(sequence, 1);
        } else if (sequence > 0) {
            onOld(sequence);
        }
    }

    private void advance(long first, int count) {
        long gap = first - highest - 1;
        lost += gap;
        forget(highest + 1, gap);
        mark(first, count);
        highest = first + count - 1;
    }

    /// Clears the bits of numbers that have not arrived.
    private void forget(long first, long count) {
        if (count >= WINDOW) {
            Arrays.fill(arrived, 0);
            return;
        }
        for (long number = first, left = count; left > 0; ) {
            int bits = bitsOfWord(number, left);
            arrived[word(number)] &= ~mask(number, bits);
            number += bits;
            left -= bits;
        }
    }

    /// Sets the bits of numbers that have arrived.
    private void mark(long first, int count) {
        for (long number = first, left = count; left > 0; ) {
            int bits = bitsOfWord(number, left);
            arrived[word(number)] |= mask(number, bits);
            number += bits;
            left -= bits;
        }
    }

    /// Number of bits from that of `number` on that are in its word, at most `count`.
    private static int bitsOfWord(long number, long count) {
        return (int) Math.min(Long.SIZE - (number & WORD_MASK), count);
    }

    /// @param bits 1..64
    private static long mask(long number, int bits) {
        return -1L >>> (Long.SIZE - bits) << number;
    }

    private void onOld(long sequence) {
        boolean isForgotten = highest - sequence >= WINDOW;
        if (!isForgotten && (arrived[word(sequence)] & 1L << sequence) != 0) {
            duplicates++;
            return;
        }
        outOfOrder++;
        if (lost > 0) { // a number outside the window may be a duplicate
            lost--;
        }
        if (!isForgotten) {
            mark(sequence, 1);
        }
    }

    private static int word(long sequence) {
        return (int) (sequence >>> WORD_SHIFT) & ((WINDOW >>> WORD_SHIFT) - 1);
    }

    /// Highest sequence number received; 0 before the first.
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
