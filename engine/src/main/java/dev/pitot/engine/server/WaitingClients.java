package dev.pitot.engine.server;

import java.time.Duration;

/// The clients that wait for a place because as many tests run as may, or that were refused one
/// a moment ago. Safe for any thread.
final class WaitingClients {
    /// How long a refusal counts: a test that is to give way looks more often.
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private volatile boolean isKnown;
    private volatile long lastNanos;

    /// A client has found no place.
    void add(long nowNanos) {
        lastNanos = nowNanos;
        isKnown = true;
    }

    /// Whether there are any now.
    boolean isAny(long nowNanos) {
        return isKnown && nowNanos - lastNanos < FRESH_NANOS;
    }
}
