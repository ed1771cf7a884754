package dev.pitot.engine.stream;

/// Interarrival jitter as defined by RFC 3550 (6.4.1, A.8), over all datagrams in order of arrival, late
/// ones included, as in iperf (iperf_udp.c: iperf_udp_recv). The two clocks need not be synchronised:
/// only differences of transit times count. Belongs to the receiver's thread.
final class Jitter {
    private static final double GAIN = 1 / 16.0; // RFC 3550, 6.4.1
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MAX_SECONDS = 86_400;

    private double nanos;
    private long lastTransit;
    private boolean hasLast;

    /// Updates the jitter with a datagram.
    ///
    /// @param sentNanos by the sender's clock
    /// @param arrivalNanos by the local clock
    void onArrival(long sentNanos, long arrivalNanos) {
        long transit = arrivalNanos - sentNanos;
        if (hasLast) {
            double difference = Math.abs((double) (transit - lastTransit));
            nanos += (difference - nanos) * GAIN;
        }
        lastTransit = transit;
        hasLast = true;
    }

    /// Resets the jitter at the end of the warm-up.
    void restart() {
        nanos = 0;
        hasLast = false;
    }

    /// Returns the jitter, at most one day, which only a peer with a broken clock exceeds.
    double seconds() {
        return Math.min(nanos / NANOS_PER_SECOND, MAX_SECONDS);
    }
}
