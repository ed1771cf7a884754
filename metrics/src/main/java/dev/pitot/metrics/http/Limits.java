package dev.pitot.metrics.http;

import java.time.Duration;

/// What strangers can take from an endpoint. The size of a request's line and headers is bounded
/// by the JDK (jdk.httpserver: 380 KiB of headers, 200 lines of them).
///
/// @param scrapes pages that may be written at once; one more gets 503
/// @param exchanges requests that may be under way at once; one more is cut
/// @param patience how long a client may take to take its answer; a probe's own time comes on
/// top.
///     For sending its request it has as much, and 2 s at most
/// @param queryChars length of a query; a longer one gets 414
public record Limits(int scrapes, int exchanges, Duration patience, int queryChars) {
    /// 16 scrapes, 64 exchanges, 10 s, 1024 characters.
    public static final Limits DEFAULT = new Limits(16, 64, Duration.ofSeconds(10), 1024);

    private static final Duration MOST_HEAD_PATIENCE = Duration.ofSeconds(2); // a head fits into one packet

    /// @throws IllegalArgumentException if one is below 1 or there is no patience
    public Limits {
        if (scrapes < 1 || exchanges < 1 || queryChars < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("limits below 1: " + scrapes + " scrapes, " + exchanges + " exchanges, "
                    + patience + ", " + queryChars + " characters");
        }
    }

    /// How long a client may take to send its request, from its first byte.
    Duration headPatience() {
        return patience.compareTo(MOST_HEAD_PATIENCE) < 0 ? patience : MOST_HEAD_PATIENCE;
    }
}
