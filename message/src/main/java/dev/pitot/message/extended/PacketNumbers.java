package dev.pitot.message.extended;

/// Finds numbers again, of packets and of messages in a channel, of which only the lower 32 bits were sent.
final class PacketNumbers {
    private static final long HALF = 1L << 31;
    private static final long WHOLE = 1L << 32;

    private PacketNumbers() {}

    /// Returns the number with these lower bits that is nearest to the expected one, and not negative:
    /// RFC 9000, A.3.
    static long nearest(int lower, long expected) {
        long candidate = (expected & -WHOLE) | (lower & (WHOLE - 1));
        if (candidate <= expected - HALF) {
            return candidate + WHOLE;
        }
        return candidate > expected + HALF && candidate >= WHOLE ? candidate - WHOLE : candidate;
    }

    /// Returns the largest number with these lower bits that is less than a limit; negative if there is
    /// none.
    static long lastBefore(int lower, long limit) {
        return limit - 1 - ((limit - 1 - lower) & (WHOLE - 1));
    }
}
