package dev.pitot.engine.stream;

import dev.pitot.model.config.Pacing;

/// Rate limiter of a stream. Keeps the average since the start of the test at the target rate, as iperf
/// does: after a stall it catches up at line rate. Belongs to the stream's thread.
final class Pacer {
    private static final double BITS_PER_BYTE = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerByte;
    private final int blocksPerCheck;
    private final long startNanos;
    private double dueNanos;
    private int blocksSinceCheck;

    /// @param nowNanos start of the test
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

    /// Counts blocks that were sent.
    ///
    /// @param bytes total of these blocks
    void onSent(int bytes, int blocks) {
        dueNanos += bytes * nanosPerByte;
        blocksSinceCheck += blocks;
    }

    /// Nanoseconds to wait before the next block may be sent; 0 or less means now. Within a burst it is
    /// always 0.
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
