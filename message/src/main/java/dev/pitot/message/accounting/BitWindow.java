package dev.pitot.message.accounting;

/// The numbers that came, of the newest so many: a bit for each. One thread.
public final class BitWindow {
    private final long[] words;
    private long newest = -1;

    /// @param span numbers in the window, a power of two, at least 64
    public BitWindow(int span) {
        if (Integer.bitCount(span) != 1 || span < Long.SIZE) {
            throw new IllegalArgumentException("a window of " + span + " numbers");
        }
        words = new long[span / Long.SIZE];
    }

    /// Returns the largest number that came; -1 before the first.
    public long newest() {
        return newest;
    }

    /// True for a number that did not come. One that is too old for the window counts as come.
    public boolean isNew(long number) {
        return number > newest
                || (newest - number < (long) words.length * Long.SIZE && (words[word(number)] & 1L << number) == 0);
    }

    /// Takes down a number from 0 for which [#isNew] holds. The window moves on with the newest one.
    public void add(long number) {
        if (number > newest) {
            clear(newest + 1, number - newest);
            newest = number;
        }
        words[word(number)] |= 1L << number;
    }

    private void clear(long from, long count) {
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

    /// Returns the largest number that came, or did not, from one down to another of the window, inclusive; the
    /// lower one minus 1 if there is none.
    public long last(boolean hasCome, long from, long floor) {
        long number = from;
        while (number >= floor) {
            long word = words[word(number)];
            int bit = (int) number & (Long.SIZE - 1);
            long upToNumber = (hasCome ? word : ~word) << (Long.SIZE - 1 - bit);
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
