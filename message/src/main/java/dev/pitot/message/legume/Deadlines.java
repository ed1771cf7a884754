package dev.pitot.message.legume;

/// Times of a clock whose zero means nothing, and [Long#MAX_VALUE] for never.
final class Deadlines {
    static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    static long earlier(long a, long b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return a - b < 0 ? a : b;
    }

    static boolean isDue(long deadline, long now) {
        return deadline != NEVER && deadline - now <= 0;
    }
}
