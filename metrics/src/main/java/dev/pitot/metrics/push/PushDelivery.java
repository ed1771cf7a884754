package dev.pitot.metrics.push;

import java.time.Duration;

/// Timeout, retries and user agent of pushes.
///
/// @param timeout timeout of one request including its response, more than 0 and at most an hour
/// @param retries number of retries after no answer, 429 or 5xx, 0..10
/// @param userAgent value of the `User-Agent` header; not empty, printable ASCII
public record PushDelivery(Duration timeout, int retries, String userAgent) {
    private static final int MAX_RETRIES = 10;
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1); // before DEFAULT, which it checks

    /// iperf3-rs's defaults: 5 s and no retries.
    public static final PushDelivery DEFAULT = new PushDelivery(Duration.ofSeconds(5), 0, "pitot");

    /// @throws IllegalArgumentException if a value is out of range
    public PushDelivery {
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("the timeout of a push must be longer than 0 and at most an hour");
        }
        if (retries < 0 || retries > MAX_RETRIES) {
            throw new IllegalArgumentException("the retries of a push must be 0 to " + MAX_RETRIES + ": " + retries);
        }
        if (userAgent.isBlank() || !HeaderText.isPrintable(userAgent)) {
            throw new IllegalArgumentException("the user agent must be printable ASCII and not empty");
        }
    }
}
