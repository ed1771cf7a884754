package dev.pitot.client;

import java.time.Duration;
import java.util.Objects;

/// Retry policy for a busy server. Other failures are not retried. The pause doubles after each
/// attempt.
///
/// @param attempts in all, 1 or more
/// @param firstPause pause before the second attempt, more than 0
/// @param longestPause limit of the pause, not below `firstPause`
public record Retry(int attempts, Duration firstPause, Duration longestPause) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// No retry: one attempt.
    public static final Retry NONE = upTo(1);

    /// @throws IllegalArgumentException if a value is out of range
    public Retry {
        Objects.requireNonNull(firstPause, "firstPause is null");
        Objects.requireNonNull(longestPause, "longestPause is null");
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts < 1: " + attempts);
        }
        if (!firstPause.isPositive()) {
            throw new IllegalArgumentException("firstPause <= 0: " + firstPause);
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("longestPause < firstPause: " + longestPause);
        }
    }

    /// Returns a policy with pauses of 1, 2, 4, 8, 16 and 32 s, then of one minute.
    ///
    /// @param attempts in all, 1 or more
    public static Retry upTo(int attempts) {
        return new Retry(attempts, FIRST, LONGEST);
    }

    /// Returns the pause after an attempt.
    ///
    /// @param attempt number of the attempt, from 1
    Duration pauseAfter(int attempt) {
        Duration pause = firstPause;
        for (int doubled = 1; doubled < attempt && pause.compareTo(longestPause) < 0; doubled++) {
            pause = pause.plus(pause);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
