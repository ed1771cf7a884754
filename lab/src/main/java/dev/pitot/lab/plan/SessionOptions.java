package dev.pitot.lab.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a session goes.
///
/// @param output where results go, and in which form
/// @param parallel how many tests run at once at most, if they share no node; 1 is one at a time
/// @param deadline after which a client is ended; null for the larger of 120 s and 1.5 times
///     its length
/// @param retries how often a failed test is run again at the end, 0 or more; apetools: 1
/// @param pause between two tests
/// @param leaseWait how long to wait for a node that another session uses; 0 to refuse at once
public record SessionOptions(
        OutputSettings output,
        int parallel,
        @Nullable Duration deadline,
        int retries,
        Duration pause,
        Duration leaseWait) {
    /// What holds where a plan says nothing.
    public static final SessionOptions USUAL =
            new SessionOptions(OutputSettings.USUAL, 1, null, 1, Duration.ZERO, Duration.ZERO);
}
