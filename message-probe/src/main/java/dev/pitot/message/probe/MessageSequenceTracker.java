package dev.pitot.message.probe;

import java.util.Arrays;

/// Which numbers of a series that begins with 0 have come, in which order, and which twice. It
/// remembers those of a window behind the highest; an older one is taken for a duplicate. Used by
/// one thread; allocates nothing after it is made.
final class MessageSequenceTracker {
    private final long[] window; // a bit for each number
    private final long size;
    private long next; // the highest that came, and 1
    private long distinct;
    private long outOfOrder;
    private long duplicates;

    /// An empty book.
    ///
    /// @param size of the window, a power of two, 64 or more
    MessageSequenceTracker(int size) {
        window = new long[size / Long.SIZE];
        this.size = size;
    }

    /// Takes a number that came.
    ///
    /// @param number 0 or more
    /// @return whether it came for the first time
    boolean take(long number) {
        if (number >= next) {
            forget(number);
            next = number + 1;
            mark(number);
            distinct++;
            return true;
        }
        if (next - number > size || isMarked(number)) {
            duplicates++;
            return false;
        }
        mark(number);
        distinct++;
        outOfOrder++;
        return true;
    }

    /// Makes room for the numbers from the next to this one.
    private void forget(long number) {
        if (number - next >= size) {
            Arrays.fill(window, 0);
            return;
        }
        for (long i = next; i <= number; ) {
            if (i % Long.SIZE == 0 && number - i >= Long.SIZE) { // a word at once: a peer may leap with each message
                window[word(i)] = 0;
                i += Long.SIZE;
            } else {
                window[word(i)] &= ~(1L << i);
                i++;
            }
        }
    }

    private int word(long number) {
        return (int) (number % size / Long.SIZE);
    }

    private void mark(long number) {
        window[word(number)] |= 1L << number;
    }

    private boolean isMarked(long number) {
        return (window[word(number)] & 1L << number) != 0;
    }

    /// How many of a range have not come; those that nobody remembers have.
    long missing(long from, long to) {
        long missing = Math.max(0, to - Math.max(from, next));
        for (long i = Math.max(from, Math.max(0, next - size)); i < Math.min(to, next); i++) {
            missing += isMarked(i) ? 0 : 1;
        }
        return missing;
    }

    /// How many different ones came.
    long distinct() {
        return distinct;
    }

    /// How many came for the first time, but after a higher one.
    long outOfOrder() {
        return outOfOrder;
    }

    /// How many came again.
    long duplicates() {
        return duplicates;
    }
}
