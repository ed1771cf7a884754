package dev.pitot.metrics.http;

import java.time.Duration;

/// Resource limits of an endpoint. The size of the request line and headers is limited by the JDK
/// (jdk.httpserver: 380 KiB of headers, 200 header lines).
///
/// @param scrapes number of concurrent scrapes; further ones get 503
/// @param exchanges number of concurrent requests; the connections of further ones are closed
/// @param timeout timeout for a client to read the response; for a probe its own time is added.
///     The timeout for sending the request is the same, but 2 s at most
/// @param queryChars maximum length of a query; a longer one gets 414
public record EndpointLimits(int scrapes, int exchanges, Duration timeout, int queryChars) {
    /// 16 scrapes, 64 exchanges, 10 s, 1024 characters.
    public static final EndpointLimits DEFAULT = new EndpointLimits(16, 64, Duration.ofSeconds(10), 1024);

    private static final Duration MOST_HEAD_TIMEOUT = Duration.ofSeconds(2); // the head fits one packet

    /// @throws IllegalArgumentException if a number is below 1 or the timeout is not positive
    public EndpointLimits {
        if (scrapes < 1 || exchanges < 1 || queryChars < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException("limits must be positive: " + scrapes + " scrapes, " + exchanges
                    + " exchanges, " + timeout + ", " + queryChars + " characters");
        }
    }

    /// Timeout for a client to send its request, from its first byte.
    Duration headTimeout() {
        return timeout.compareTo(MOST_HEAD_TIMEOUT) < 0 ? timeout : MOST_HEAD_TIMEOUT;
    }
}
