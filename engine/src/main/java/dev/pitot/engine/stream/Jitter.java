package dev.pitot.engine.stream;

/// Interarrival jitter as defined by RFC 3550 (6.4.1, A.8), over all datagrams in order of arrival, late
/// ones included, as in iperf (iperf_udp.c: iperf_udp_recv). The two clocks need not be synchronised:
/// only differences of transit times count. Belongs to the receiver's thread.
final class Jitter {
    private static final double GAIN = 1 / 16.0; // RFC 3550, 6.4.1
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MAX_SECONDS = 86_400;

    /// What is left of the jitter after so many datagrams whose transit time is that of the one before. A train
    /// has at most 128 datagrams (linux/udp.h: UDP_MAX_SEGMENTS).
    private static final double[] DECAY = new double[129];

    static {
        DECAY[0] = 1;
        for (int i = 1; i < DECAY.length; i++) {
            DECAY[i] = DECAY[i - 1] * (1 - GAIN);
        }
    }

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

    /// Updates the jitter with datagrams that were sent at the same time and arrived at the same time: all but the
    /// first have the transit time of the one before, which only reduces the jitter.
    ///
    /// @param count at least 1
    void onTrain(long sentNanos, long arrivalNanos, int count) {
        onArrival(sentNanos, arrivalNanos);
        int left = count - 1;
        while (left >= DECAY.length) {
            nanos *= DECAY[DECAY.length - 1];
            left -= DECAY.length - 1;
        }
        nanos *= DECAY[left];
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
