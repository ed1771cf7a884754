package dev.pitot.testkit.simulate;

/// A bottleneck: a line of some rate behind a queue. What does not fit into the queue is lost.
///
/// @param bitsPerSecond of UDP payload, 1 or more
/// @param queueBytes how many bytes may wait, the datagram included that is being sent; 1 or more
public record RateLimit(long bitsPerSecond, int queueBytes) {
    private static final long NANO_BITS = 8_000_000_000L;

    /// @throws IllegalArgumentException if something is out of range
    public RateLimit {
        if (bitsPerSecond < 1) {
            throw new IllegalArgumentException("bitsPerSecond < 1: " + bitsPerSecond);
        }
        if (queueBytes < 1) {
            throw new IllegalArgumentException("queueBytes < 1: " + queueBytes);
        }
    }

    /// How long the line is busy with so many bytes, in nanoseconds.
    long nanosFor(int bytes) {
        return bytes * NANO_BITS / bitsPerSecond;
    }

    /// How many bytes the line sends in so many nanoseconds, at least.
    long bytesIn(long nanos) {
        return (long) ((double) nanos * bitsPerSecond / NANO_BITS);
    }
}
