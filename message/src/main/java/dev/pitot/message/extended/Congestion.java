package dev.pitot.message.extended;

/// Limits how much is on the way, and how fast it leaves: RFC 9002, section 7 and appendix B
/// (NewReno), with pacing. Bytes are those of datagrams.
final class Congestion {
    private static final int INITIAL_PACKETS = 10;
    private static final int MIN_PACKETS = 2;

    /// RFC 9002, 7.7.
    private static final double PACE_FACTOR = 1.25;

    /// So that whoever waits for the pace needs no finer timer than this.
    private static final long COARSE_TIMER = 1_000_000;

    /// Bursts of a fast pace: what a socket's receive buffer of the usual size takes, twice.
    private static final int MAX_BURST_PACKETS = 256;

    /// More than any receive window fills.
    private static final long MAX_WINDOW = 64 << 20;

    private final LossTimeouts roundTrip;
    private int packet;
    private long window;
    private long threshold = Long.MAX_VALUE;
    private long recoveryStart = -1;
    private long inFlight;
    private double tokens;
    private long refilledAt;

    Congestion(LossTimeouts roundTrip, int largestDatagram) {
        this.roundTrip = roundTrip;
        begin(largestDatagram);
    }

    /// Begins, or begins again, with the size of datagram that was agreed on.
    void begin(int largestDatagram) {
        packet = largestDatagram;
        window = (long) INITIAL_PACKETS * packet;
        tokens = window;
    }

    long window() {
        return window;
    }

    /// Returns the window above which it grows slowly: ssthresh.
    long threshold() {
        return threshold;
    }

    long inFlight() {
        return inFlight;
    }

    /// Returns how much more may be on its way now.
    long room() {
        return window - inFlight;
    }

    /// Returns how long to wait for the pace; 0 if a packet may leave now.
    long untilPaced(long now) {
        if (tokens >= packet) {
            return 0;
        }
        double perNano = PACE_FACTOR * window / roundTrip.smoothed();
        double burst = Math.max(
                (double) INITIAL_PACKETS * packet,
                Math.min(perNano * COARSE_TIMER, (double) MAX_BURST_PACKETS * packet));
        tokens = Math.min(burst, tokens + perNano * (now - refilledAt));
        refilledAt = now;
        if (tokens >= packet) {
            return 0;
        }
        long exact = (long) ((packet - tokens) / perNano) + 1;
        return perNano * COARSE_TIMER >= packet ? Math.max(exact, COARSE_TIMER) : exact;
    }

    void onSent(int size) {
        inFlight += size;
        tokens -= size;
    }

    /// A packet is neither acknowledged nor lost, but not on its way either.
    void onRefused(int size) {
        inFlight -= size;
    }

    /// @param flightBefore what was on its way before this acknowledgement: a window that is not
    ///     used does not grow (RFC 9002, 7.8)
    void onAcknowledged(int size, long sentAt, long flightBefore) {
        inFlight -= size;
        if (sentAt <= recoveryStart || flightBefore * 2 < window) {
            return;
        }
        if (window < threshold) {
            window += size;
        } else {
            window += Math.max(1, (long) packet * size / window);
        }
        window = Math.min(window, MAX_WINDOW);
    }

    void onLost(int size, long sentAt, long now) {
        inFlight -= size;
        if (sentAt > recoveryStart) {
            recoveryStart = now;
            window = Math.max(window / 2, (long) MIN_PACKETS * packet);
            threshold = window;
        }
    }

    /// RFC 9002, 7.6.
    void onPersistent() {
        window = (long) MIN_PACKETS * packet;
        recoveryStart = -1;
    }
}
