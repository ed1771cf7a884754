package dev.pitot.engine.stream;

import java.util.concurrent.atomic.AtomicLong;

/// Number of bytes that the senders of one direction may still send in total (`-n`, `-k`). Streams claim
/// from it block by block, so that the sum is exact however the streams share it. Unlimited until it is
/// armed: warm-up does not count.
public final class SendQuota {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final AtomicLong left = new AtomicLong(UNLIMITED);
    private volatile boolean armed;

    /// Limits further claims to `bytes` in total. Called once, by the session.
    public void arm(long bytes) {
        left.set(bytes);
        armed = true;
    }

    /// Claims up to `wanted` bytes.
    ///
    /// @return bytes that may be sent, 0 when the quota is used up
    public int claim(int wanted) {
        if (!armed) {
            return wanted;
        }
        long before = left.getAndAdd(-wanted);
        return Math.clamp(before, 0, wanted);
    }
}
