package dev.pitot.message.accounting;

/// Deadlines of a monotonic clock whose zero means nothing.
public final class Deadlines {
    /// A deadline that never comes.
    public static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    /// Returns the deadline that comes first.
    public static long earlier(long a, long b) {
        if (a == NEVER || b == NEVER) {
            return Math.min(a, b);
        }
        return a - b < 0 ? a : b;
    }

    /// True if the deadline has come.
    public static boolean isDue(long deadline, long now) {
        return deadline != NEVER && deadline - now <= 0;
    }
}
