package dev.pitot.message.legume;

import dev.pitot.message.accounting.RttEstimator;
import dev.pitot.message.channel.Metrics.Latency;
import org.jspecify.annotations.Nullable;

/// Round-trip time and the retransmission timeout that follows from it, by RFC 6298;
/// nanoseconds. One thread.
final class RetransmissionTimeout {
    /// Doublings that make a difference: from the least timeout to more than the longest.
    static final int MAX_DOUBLINGS = 13;

    private static final long FIRST_TIMEOUT = 1_000_000_000; // RFC 6298 (2.1)
    private static final long FIRST_ROUND_TRIP = 333_000_000; // for pacing; RFC 9002 (6.2.2)
    private static final long MIN_TIMEOUT = 10_000_000; // the original's least; RFC 6298 (2.4) advises 1 s
    private static final long MAX_TIMEOUT = 60_000_000_000L; // RFC 6298 (2.5)
    private static final long GRANULARITY = 1_000_000; // G of RFC 6298: what peers' loops take

    private final RttEstimator roundTrip = new RttEstimator(FIRST_ROUND_TRIP);
    private long newestAnswered; // when that was sent of which an answer has come; of no use before the first sample

    /// An answer to something that was sent once (RFC 6298, section 3: Karn's algorithm).
    ///
    /// @param sentAt when that was sent
    void sample(long sentAt, long now) {
        long nanos = now - sentAt;
        if (nanos < 0) {
            return; // a clock that went back proves nothing
        }
        newestAnswered = !isKnown() || sentAt - newestAnswered > 0 ? sentAt : newestAnswered;
        roundTrip.sample(nanos, 0);
    }

    boolean isKnown() {
        return roundTrip.isKnown();
    }

    long smoothed() {
        return roundTrip.smoothed();
    }

    /// Timeout of what was sent again so many times: doubled each time (RFC 6298, 5.5).
    long timeout(int repeats) {
        long once = isKnown()
                ? Math.clamp(
                        roundTrip.smoothed() + Math.max(GRANULARITY, 4 * roundTrip.variation()),
                        MIN_TIMEOUT,
                        MAX_TIMEOUT)
                : FIRST_TIMEOUT;
        return Math.min(once << Math.min(repeats, MAX_DOUBLINGS), MAX_TIMEOUT);
    }

    /// Returns when the timeout of what was sent is over. There is no backoff any more when something was
    /// answered that was sent then or later: the path works, and this one was lost.
    long expiry(long sentAt, int repeats) {
        return sentAt + timeout(isOvertaken(sentAt) ? 0 : repeats);
    }

    /// True if something was answered that was sent then or later.
    boolean isOvertaken(long sentAt) {
        return isKnown() && newestAnswered - sentAt >= 0;
    }

    @Nullable Latency metrics() {
        return roundTrip.metrics();
    }
}
