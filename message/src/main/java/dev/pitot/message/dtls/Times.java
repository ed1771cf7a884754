package dev.pitot.message.dtls;

/// Moments of a monotonic clock, of which [Long#MAX_VALUE] means never.
final class Times {
    private Times() {}

    static long earlier(long one, long other) {
        if (one == Long.MAX_VALUE || other == Long.MAX_VALUE) {
            return Math.min(one, other);
        }
        return one - other <= 0 ? one : other;
    }
}
