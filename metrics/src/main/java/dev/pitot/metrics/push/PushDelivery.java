package dev.pitot.metrics.push;

import java.time.Duration;

/// How patiently, and in whose name, metrics are pushed.
///
/// @param timeout of one request and its answer, more than 0 and at most an hour
/// @param retries how often a request is made again that met no server, or one in trouble, 0..10
/// @param userAgent what the program calls itself; not empty, printable ASCII
public record PushDelivery(Duration timeout, int retries, String userAgent) {
    private static final int MAX_RETRIES = 10;
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1); // before the default, which it bounds

    /// iperf3-rs's patience: 5 s and no second try.
    public static final PushDelivery DEFAULT = new PushDelivery(Duration.ofSeconds(5), 0, "pitot");

    /// @throws IllegalArgumentException with a sentence, if something is out of range
    public PushDelivery {
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("the timeout of a push must be longer than 0 and at most an hour");
        }
        if (retries < 0 || retries > MAX_RETRIES) {
            throw new IllegalArgumentException(
                    "a push can be tried again 0 to " + MAX_RETRIES + " times, not " + retries);
        }
        if (userAgent.isBlank() || !HeaderText.isPrintable(userAgent)) {
            throw new IllegalArgumentException("the user agent must not be empty, and of printable ASCII");
        }
    }
}
