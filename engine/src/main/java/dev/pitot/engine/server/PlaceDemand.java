package dev.pitot.engine.server;

import java.time.Duration;

/// Whether clients wait for the place of a test, or were refused one a moment ago. Safe for any
/// thread.
final class PlaceDemand {
    /// How long a refusal counts: a test that is to give way looks more often.
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private volatile boolean isKnown;
    private volatile long lastNanos;

    /// A client has found no place.
    void note(long nowNanos) {
        lastNanos = nowNanos;
        isKnown = true;
    }

    boolean isFresh(long nowNanos) {
        return isKnown && nowNanos - lastNanos < FRESH_NANOS;
    }
}
