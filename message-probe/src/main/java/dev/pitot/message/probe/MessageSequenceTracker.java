package dev.pitot.message.probe;

import java.util.BitSet;

/// Counts the numbers of a series that begins with 0, late ones and duplicates. It remembers a window behind
/// the highest number; an older one is taken for a duplicate. Used by
/// one thread; allocates nothing after it is made.
final class MessageSequenceTracker {
    private final BitSet window; // a bit for each number, and one behind them that keeps its length
    private final int size;
    private long next; // the highest that came, and 1
    private long distinct;
    private long outOfOrder;
    private long duplicates;

    /// @param size of the window, a power of two
    MessageSequenceTracker(int size) {
        window = new BitSet(size + 1);
        window.set(size);
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
            window.set(place(number));
            distinct++;
            return true;
        }
        if (next - number > size || window.get(place(number))) {
            duplicates++;
            return false;
        }
        window.set(place(number));
        distinct++;
        outOfOrder++;
        return true;
    }

    /// Makes room for the numbers from the next to this one.
    private void forget(long number) {
        int from = place(next);
        int to = place(number);
        if (number - next >= size) {
            window.clear(0, size);
        } else if (from <= to) {
            window.clear(from, to + 1);
        } else {
            window.clear(from, size);
            window.clear(0, to + 1);
        }
    }

    private int place(long number) {
        return (int) (number & size - 1);
    }

    /// Returns how many of a range have not come; those behind the window count as arrived.
    long missing(long from, long to) {
        long missing = Math.max(0, to - Math.max(from, next));
        for (long i = Math.max(from, Math.max(0, next - size)); i < Math.min(to, next); i++) {
            missing += window.get(place(i)) ? 0 : 1;
        }
        return missing;
    }

    /// Returns the highest that came, and 1.
    long next() {
        return next;
    }

    /// Returns how many different ones came.
    long distinct() {
        return distinct;
    }

    /// Returns how many came for the first time, but after a higher one.
    long outOfOrder() {
        return outOfOrder;
    }

    /// Returns how many came again.
    long duplicates() {
        return duplicates;
    }
}
