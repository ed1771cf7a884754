package dev.pitot.message.extended;

import dev.pitot.message.accounting.RttEstimator;
import dev.pitot.message.channel.Metrics;
import org.jspecify.annotations.Nullable;

/// Timeouts that follow from the round-trip time, by RFC 9002; nanoseconds.
final class LossTimeouts {
    /// RFC 9002, 6.1.2: kGranularity.
    static final long GRANULARITY = 1_000_000;

    /// RFC 9002, 6.2.2: kInitialRtt.
    private static final long INITIAL = 333_000_000;

    private static final long MIN_SILENCE = 100_000_000;
    private static final long MAX_SILENCE = 1_000_000_000;

    private final RttEstimator roundTrip = new RttEstimator(INITIAL);
    private long latest;

    /// @param ackDelay how long the peer says that it held the acknowledgement back
    void onSample(long sample, long ackDelay) {
        latest = Math.max(sample, 1);
        roundTrip.sample(latest, Math.min(ackDelay, ReceivedPackets.MAX_ACK_DELAY));
    }

    long smoothed() {
        return roundTrip.smoothed();
    }

    /// Returns the time after which a probe is sent if nothing is confirmed: RFC 9002, 6.2.1.
    long probeTimeout() {
        return smoothed() + Math.max(4 * roundTrip.variation(), GRANULARITY) + ReceivedPackets.MAX_ACK_DELAY;
    }

    /// After so long without a packet, a peer that sends may have moved to another address.
    long silence() {
        return Math.clamp(3 * probeTimeout(), MIN_SILENCE, MAX_SILENCE);
    }

    /// Older than that when a later one came, a packet is lost: RFC 9002, 6.1.2.
    long lossDelay() {
        return Math.max(Math.max(smoothed(), latest) * 9 / 8, GRANULARITY);
    }

    Metrics.@Nullable Latency metrics() {
        return roundTrip.metrics();
    }
}
