package dev.pitot.message.extended;

import org.jspecify.annotations.Nullable;

/// The messages of a channel that were handed over though one before them is not done: a bit for each of the
/// [Frames#SEQUENCE_SPAN] numbers that may be. The bits are in pages, which exist where such a message came, so that
/// one far ahead takes no more memory than a near one. A window of the whole span has 2 KiB, which are 128 KiB for a
/// peer that sends one message ahead on each of 64 unordered channels: more than it may take (`HostilePeerTest`).
final class DeliveredBitmap {
    private static final int PAGE_BITS = 1024;
    private static final int PAGES = Frames.SEQUENCE_SPAN / PAGE_BITS;
    private static final long ARRAY_BYTES = 16; // of an array's header

    private long @Nullable [] @Nullable [] pages;
    private int count;
    private int pagesInUse;

    boolean isEmpty() {
        return count == 0;
    }

    /// @param sequence less than [Frames#SEQUENCE_SPAN] above the lowest that is not done
    boolean contains(long sequence) {
        long[] page = page(sequence);
        return page != null && (page[word(sequence)] & 1L << sequence) != 0;
    }

    /// @param sequence that it does not contain, less than [Frames#SEQUENCE_SPAN] above the lowest that is not done
    void add(long sequence) {
        long @Nullable [] @Nullable [] all = pages == null ? new long @Nullable [PAGES][] : pages;
        long[] known = all[pageIndex(sequence)];
        long[] page = known == null ? new long[PAGE_BITS / Long.SIZE] : known;
        pagesInUse += known == null ? 1 : 0;
        page[word(sequence)] |= 1L << sequence;
        all[pageIndex(sequence)] = page;
        pages = all;
        count++;
    }

    void remove(long sequence) {
        long[] page = page(sequence);
        if (page != null && contains(sequence)) {
            page[word(sequence)] &= ~(1L << sequence);
            count--;
        }
    }

    /// Gives back memory, if it has none in use.
    void trim() {
        if (count == 0) {
            clear();
        }
    }

    void clear() {
        count = 0;
        pages = null;
        pagesInUse = 0;
    }

    /// Returns the bytes of memory that it takes.
    long heldBytes() {
        return pagesInUse == 0 ? 0 : ARRAY_BYTES + 4L * PAGES + pagesInUse * (ARRAY_BYTES + PAGE_BITS / Byte.SIZE);
    }

    private long @Nullable [] page(long sequence) {
        return pages == null ? null : pages[pageIndex(sequence)];
    }

    private static int pageIndex(long sequence) {
        return (int) (sequence / PAGE_BITS % PAGES);
    }

    private static int word(long sequence) {
        return (int) (sequence / Long.SIZE % (PAGE_BITS / Long.SIZE));
    }
}
