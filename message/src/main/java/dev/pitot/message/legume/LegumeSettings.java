package dev.pitot.message.legume;

import java.time.Duration;

/// Settings of an end of legume's protocol, in range: EndpointOptions and ProtocolOptions check them.
///
/// @param timeout after which a silent peer is given up; closing may take as long
/// @param queueLimitBytes of what may wait to be sent or confirmed, payloads and 5 bytes each
/// @param keepResendDelayOfPeer true to leave pings of the original unanswered. It takes milliseconds for
///     seconds: with a round-trip time of 40 ms it repeats what was lost after 41 s, but without
///     any answer always after 0.3 s. Its own `latency` then reads 0
/// @param migrates true if a client asks for another port before an original server has used up its ids
public record LegumeSettings(Duration timeout, int queueLimitBytes, boolean keepResendDelayOfPeer, boolean migrates) {
    /// Timeout (10 s) as the original has it, 1 MiB of queue, pings answered, other ports when ids run out.
    public static final LegumeSettings USUAL = new LegumeSettings(Duration.ofSeconds(10), 1 << 20, false, true);

    private static final long PING_INTERVAL = 2_000_000_000; // the original's

    long timeoutNanos() {
        return timeout.toNanos();
    }

    long pingNanos() {
        return Math.min(PING_INTERVAL, timeoutNanos() / 3);
    }

    /// Returns the id by which a keep-alive request is answered. The original takes the answer for a
    /// ping's and measures by it, unless the id is another than it asked for.
    int answerTo(int keepAliveId) {
        return keepResendDelayOfPeer ? keepAliveId ^ 0x8000 : keepAliveId;
    }

    /// True if a ping with this id is answered: Pitot's always.
    boolean answersPing(int id) {
        return !keepResendDelayOfPeer || (id & PendingPings.OWN) != 0;
    }
}
