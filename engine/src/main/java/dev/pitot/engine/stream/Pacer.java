package dev.pitot.engine.stream;

import dev.pitot.model.config.Pacing;

/// Holds a stream to its target rate, on average since the test began, as iperf does: a stall
/// is caught up at line rate. Belongs to the stream's thread.
final class Pacer {
    private static final double BITS_PER_BYTE = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerByte;
    private final int blocksPerCheck;
    private final long startNanos;
    private double dueNanos;
    private int blocksSinceCheck;

    /// @param nowNanos when the test began
    Pacer(Pacing pacing, long nowNanos) {
        nanosPerByte = pacing.target().isUnlimited()
                ? 0
                : BITS_PER_BYTE * NANOS_PER_SECOND / pacing.target().bitsPerSecond();
        blocksPerCheck = Math.max(1, pacing.burstBlocks());
        startNanos = nowNanos;
    }

    boolean isUnlimited() {
        return nanosPerByte == 0;
    }

    /// Counts blocks that have left.
    ///
    /// @param bytes of all of them
    void onSent(int bytes, int blocks) {
        dueNanos += bytes * nanosPerByte;
        blocksSinceCheck += blocks;
    }

    /// Nanoseconds to wait before the next block may leave; 0 or less means now. Within a burst
    /// it is always now.
    long nanosUntilNext(long nowNanos) {
        if (blocksSinceCheck < blocksPerCheck) {
            return 0;
        }
        long wait = (long) dueNanos - (nowNanos - startNanos);
        if (wait <= 0) {
            blocksSinceCheck = 0;
        }
        return wait;
    }
}
