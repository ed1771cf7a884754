package dev.pitot.engine.stream;

/// Interarrival jitter as RFC 3550 defines it (6.4.1, A.8), of every datagram in the order of
/// arrival, late ones included, as in iperf (iperf_udp.c: iperf_udp_recv). The two clocks need
/// not agree: only differences of transit times count. Belongs to the receiver's thread.
final class Jitter {
    private static final double GAIN = 1 / 16.0; // RFC 3550, 6.4.1
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MAX_SECONDS = 86_400;

    private double nanos;
    private long lastTransit;
    private boolean hasLast;

    /// A datagram arrived.
    ///
    /// @param sentNanos by the sender's clock
    /// @param arrivalNanos by this end's
    void onArrival(long sentNanos, long arrivalNanos) {
        long transit = arrivalNanos - sentNanos;
        if (hasLast) {
            double difference = Math.abs((double) (transit - lastTransit));
            nanos += (difference - nanos) * GAIN;
        }
        lastTransit = transit;
        hasLast = true;
    }

    /// Begins anew: what was is warm-up.
    void restart() {
        nanos = 0;
        hasLast = false;
    }

    /// At most a day, which only a peer with a broken clock exceeds.
    double seconds() {
        return Math.min(nanos / NANOS_PER_SECOND, MAX_SECONDS);
    }
}
