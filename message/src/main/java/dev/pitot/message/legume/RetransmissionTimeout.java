package dev.pitot.message.legume;

import dev.pitot.message.link.LinkMetrics.RoundTrip;
import org.jspecify.annotations.Nullable;

/// Round-trip time and what follows from it for repeating, by RFC 6298; nanoseconds. One thread.
final class RetransmissionTimeout {
    /// How long the original waits before it repeats, as long as it knows no latency.
    static final long FIRST_DELAY = 300_000_000;

    private static final long MIN_DELAY = 10_000_000; // the original's least
    private static final long MAX_DELAY = 3_000_000_000L; // RFC 6298 (2.4) allows 60 s; the usual timeout is 10 s
    private static final long BACKOFF_LIMIT = 1_000_000_000; // so that 10 s are ten tries and more
    private static final long GRANULARITY = 1_000_000; // G of RFC 6298: what peers' loops take
    private static final int MAX_DOUBLINGS = 3;

    private long smoothed;
    private long variation;
    private long min = -1;

    /// Only of messages that were sent once (RFC 6298, section 3: Karn's algorithm).
    void sample(long nanos) {
        if (nanos < 0) {
            return; // a clock that went back proves nothing
        }
        if (min < 0) {
            smoothed = nanos;
            variation = nanos / 2;
            min = nanos;
            return;
        }
        variation += (Math.abs(smoothed - nanos) - variation) / 4;
        smoothed += (nanos - smoothed) / 8;
        min = Math.min(min, nanos);
    }

    boolean isKnown() {
        return min >= 0;
    }

    long smoothedOrFirst() {
        return isKnown() ? smoothed : FIRST_DELAY;
    }

    /// How long to wait for a confirmation of what was repeated so many times. Until something is
    /// known always the same, as the original does.
    long resendDelay(int repeats) {
        if (!isKnown()) {
            return FIRST_DELAY;
        }
        long once = Math.clamp(smoothed + Math.max(GRANULARITY, 4 * variation), MIN_DELAY, MAX_DELAY);
        long doubled = once << Math.min(repeats, MAX_DOUBLINGS);
        return Math.min(doubled, Math.max(once, BACKOFF_LIMIT));
    }

    @Nullable RoundTrip figures() {
        return isKnown() ? new RoundTrip(smoothed, variation, min) : null;
    }
}
