package dev.pitot.message.legume;

import java.time.Duration;

/// What can be set of an end of legume's protocol.
///
/// @param timeout how long the peer may be silent, and how long closing may take; 100 ms to 1 h
/// @param pingInterval from one ping to the next; more than 0. A third of the timeout, if that
/// is less
/// @param queueLimitBytes how much may wait to be sent or confirmed, payloads and 5 bytes each;
///     2,048 to 64 MiB
/// @param keepResendDelayOfPeer leaves pings of the original unanswered. It takes milliseconds
/// for
///     seconds: with a round-trip time of 40 ms it repeats what was lost after 41 s, but without
///     any answer always after 0.3 s. Its own `latency` then reads 0
/// @param migrates whether a client asks for another port before an original server has used up its ids
public record LegumeSettings(
        Duration timeout, Duration pingInterval, int queueLimitBytes, boolean keepResendDelayOfPeer, boolean migrates) {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final int MIN_QUEUE = 2_048; // one message of any length
    private static final int MAX_QUEUE = 64 << 20;

    /// Timeout (10 s) and pings (2 s) as the original has them, 1 MiB of queue, pings answered, other
    /// ports when ids run out.
    public static final LegumeSettings USUAL =
            new LegumeSettings(Duration.ofSeconds(10), Duration.ofSeconds(2), 1 << 20, false, true);

    /// @throws IllegalArgumentException if a value is out of range
    public LegumeSettings {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is 100 ms to 1 h, not " + timeout);
        }
        if (!pingInterval.isPositive()) {
            throw new IllegalArgumentException("an interval of pings is more than 0, not " + pingInterval);
        }
        if (queueLimitBytes < MIN_QUEUE || queueLimitBytes > MAX_QUEUE) {
            throw new IllegalArgumentException(
                    "a queue holds " + MIN_QUEUE + " to " + MAX_QUEUE + " bytes, not " + queueLimitBytes);
        }
    }

    long timeoutNanos() {
        return timeout.toNanos();
    }

    long pingNanos() {
        Duration third = timeout.dividedBy(3);
        return (pingInterval.compareTo(third) < 0 ? pingInterval : third).toNanos();
    }

    /// The id by which a keep-alive request is answered. The original takes the answer for a
    /// ping's and measures by it, unless the id is another than it asked for.
    int answerTo(int keepAliveId) {
        return keepResendDelayOfPeer ? keepAliveId ^ 0x8000 : keepAliveId;
    }

    /// Whether a ping with this id is answered: Pitot's always.
    boolean answersPing(int id) {
        return !keepResendDelayOfPeer || (id & PendingPings.OWN) != 0;
    }
}
