package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// When a client connects again by itself. The client's thread only.
final class Reconnection {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final long FIRST_PAUSE_NANOS = SHORTEST.toNanos();
    private static final Duration LONGEST = Duration.ofHours(1);

    private final long longestNanos; // 0: never
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long at;

    /// @param longestPause from the end of a connection or an attempt to the next attempt, 100 ms..1 h; zero: never
    /// @throws IllegalArgumentException if it is out of range
    Reconnection(Duration longestPause) {
        boolean isInRange = longestPause.compareTo(SHORTEST) >= 0 && longestPause.compareTo(LONGEST) <= 0;
        if (!longestPause.isZero() && !isInRange) {
            throw new IllegalArgumentException("pause not in 100 ms..1 h: " + ErrorText.of(longestPause));
        }
        longestNanos = longestPause.toNanos();
    }

    /// A connection stands: the next pause is short again.
    void opened() {
        pauseNanos = FIRST_PAUSE_NANOS;
    }

    /// A connection or an attempt has ended.
    ///
    /// @return whether another attempt follows: time can mend neither a refusal nor what the ends do not agree on
    boolean follows(CloseReason.Cause cause, long now) {
        return longestNanos > 0
                && switch (cause) {
                    case REMOTE, TIMEOUT, FULL, SOCKET, RESET -> pause(now);
                    case LOCAL, REJECTED, VERSION, PROTOCOL, UNTRUSTED -> false;
                };
    }

    private boolean pause(long now) {
        at = now + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, longestNanos);
        return true;
    }

    /// Whether it is time for the attempt.
    boolean isDue(long now) {
        return now >= at;
    }

    /// Until then.
    long nanosLeft(long now) {
        return Math.max(0, at - now);
    }
}
