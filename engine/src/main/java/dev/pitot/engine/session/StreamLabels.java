package dev.pitot.engine.session;

import java.util.BitSet;

/// Allocator of the numbers that identify streams in reports. iperf prints socket descriptors, of which
/// the first is 5 and every second one belongs to a stream; the smallest free number of that kind keeps
/// reports of concurrent tests apart. Safe for any thread.
public final class StreamLabels {
    private static final int FIRST = 5;
    private static final int STEP = 2;

    private final BitSet taken = new BitSet();

    synchronized int take() {
        int index = taken.nextClearBit(0);
        taken.set(index);
        return FIRST + STEP * index;
    }

    synchronized void release(int label) {
        taken.clear((label - FIRST) / STEP);
    }
}
