package dev.pitot.message.extended;

import dev.pitot.message.accounting.BitWindow;
import org.jspecify.annotations.Nullable;

/// Which messages of a channel were handed over though one before them is not done: a bit for
/// each of the [Frames#SEQUENCE_SPAN] numbers that may be. The bits are in pages, which exist
/// where such a message came, so that one far ahead takes no more memory than a near one.
final class DeliveredBitmap {
    private static final int PAGE_BITS = 1024;
    private static final int PAGES = Frames.SEQUENCE_SPAN / PAGE_BITS;

    private @Nullable BitWindow @Nullable [] pages;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    /// @param sequence less than [Frames#SEQUENCE_SPAN] above the lowest that is not done
    boolean contains(long sequence) {
        BitWindow page = page(sequence);
        return page != null && page.contains(sequence);
    }

    /// @param sequence that it does not contain, less than [Frames#SEQUENCE_SPAN] above the
    /// lowest
    ///     that is not done
    void add(long sequence) {
        @Nullable BitWindow @Nullable [] all = pages;
        if (all == null) {
            all = new @Nullable BitWindow[PAGES];
            pages = all;
        }
        BitWindow page = all[pageIndex(sequence)];
        if (page == null) {
            page = new BitWindow(PAGE_BITS);
            all[pageIndex(sequence)] = page;
        }
        page.add(sequence);
        count++;
    }

    void remove(long sequence) {
        BitWindow page = page(sequence);
        if (page != null && page.contains(sequence)) {
            page.remove(sequence);
            count--;
        }
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        if (count == 0) {
            pages = null;
        }
    }

    void clear() {
        count = 0;
        pages = null;
    }

    private @Nullable BitWindow page(long sequence) {
        return pages == null ? null : pages[pageIndex(sequence)];
    }

    private static int pageIndex(long sequence) {
        return (int) (sequence / PAGE_BITS % PAGES);
    }
}
