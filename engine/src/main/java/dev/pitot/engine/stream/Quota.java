package dev.pitot.engine.stream;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes the senders of one direction may still send together (`-n`, `-k`). Streams
/// claim from it block by block, so that the sum is exact however the streams share it.
/// Unlimited until it is armed: warm-up does not count.
public final class Quota {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final AtomicLong left = new AtomicLong(UNLIMITED);
    private volatile boolean armed;

    /// From now on only `bytes` more may be claimed. Called once, by the session.
    public void arm(long bytes) {
        left.set(bytes);
        armed = true;
    }

    /// Takes up to `wanted` bytes.
    ///
    /// @return how many may be sent, 0 when the quota is used up
    public int claim(int wanted) {
        if (!armed) {
            return wanted;
        }
        long before = left.getAndAdd(-wanted);
        return Math.clamp(before, 0, wanted);
    }
}
