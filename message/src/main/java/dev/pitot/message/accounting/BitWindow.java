package dev.pitot.message.accounting;

/// A bit for each number of a window, whose place moves on as numbers grow. Numbers that are a window apart
/// share a bit: whoever moves the window clears the bits of the numbers that come in. One thread.
public final class BitWindow {
    private final long[] words;

    /// @param span numbers in the window, a power of two, at least 64
    public BitWindow(int span) {
        if (Integer.bitCount(span) != 1 || span < Long.SIZE) {
            throw new IllegalArgumentException("a window of " + span + " numbers");
        }
        words = new long[span / Long.SIZE];
    }

    /// Returns the bit of a number from 0.
    public boolean contains(long number) {
        return (words[word(number)] & 1L << number) != 0;
    }

    /// Sets the bit of a number from 0.
    public void add(long number) {
        words[word(number)] |= 1L << number;
    }

    /// Clears the bit of a number from 0.
    public void remove(long number) {
        words[word(number)] &= ~(1L << number);
    }

    /// Clears the bits of so many numbers from one on; more of them than the window has clear all.
    public void clear(long from, long count) {
        long number = from;
        long left = Math.min(count, (long) words.length * Long.SIZE);
        while (left > 0) {
            int bit = (int) number & (Long.SIZE - 1);
            int n = (int) Math.min(left, Long.SIZE - bit);
            words[word(number)] &= ~((-1L >>> (Long.SIZE - n)) << bit);
            number += n;
            left -= n;
        }
    }

    /// Returns the largest number whose bit is set, or is not, from one down to another, inclusive; the lower one
    /// minus 1 if there is none.
    public long last(boolean isSet, long from, long floor) {
        long number = from;
        while (number >= floor) {
            long word = words[word(number)];
            int bit = (int) number & (Long.SIZE - 1);
            long upToNumber = (isSet ? word : ~word) << (Long.SIZE - 1 - bit);
            if (upToNumber != 0) {
                return Math.max(floor - 1, number - Long.numberOfLeadingZeros(upToNumber));
            }
            number -= bit + 1;
        }
        return floor - 1;
    }

    private int word(long number) {
        return (int) (number >>> 6) & words.length - 1;
    }
}
