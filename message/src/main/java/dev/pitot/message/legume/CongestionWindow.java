package dev.pitot.message.legume;

/// Limits how much is on its way. The original knows no limit: whatever is queued leaves at once.
/// Pitot's rule, modest and the same whatever the peer is:
///
/// * Datagrams with reliable messages that are neither confirmed nor given up as lost are at most
///   as many as the window: at first 32, one more for each window that is confirmed, up to 64,
///   and half of it, but not less than 8, when one is lost, at most once in a round-trip time.
/// * Datagrams with new messages, reliable or not, leave no faster than 5/4 of the window in a
///   round-trip time (RFC 9002, 7.7), but up to 16 at once.
///
/// 64 datagrams of 1,400 bytes fit the receive buffer that Linux gives a socket
/// (net.core.rmem_default, 212,992 with the kernel's own overhead). One thread.
final class CongestionWindow {
    static final int MAX = 64;

    private static final int FIRST = 32;
    private static final int MIN = 8;
    private static final int BURST = 16;
    private static final double ENOUGH = 1 - 1e-6; // what rounding leaves of 1

    private final RetransmissionTimeout roundTrip;
    private final int[] unacked = new int[MAX];
    private final int[] free = new int[MAX];
    private int freeCount = MAX;
    private int packed = UnackedMessages.NONE; // the datagram that is being packed, if it has reliable messages
    private double window = FIRST;
    private long reducedAt;
    private boolean wasReduced;
    private double credit = BURST; // datagrams
    private long creditedAt;

    CongestionWindow(RetransmissionTimeout roundTrip) {
        this.roundTrip = roundTrip;
        clear();
    }

    /// True if another datagram with reliable messages may leave.
    ///
    /// @param most how many may be on their way, whatever the window says
    boolean hasRoom(int most) {
        return MAX - freeCount < Math.min((int) window, most);
    }

    /// Another datagram is being packed.
    void begin() {
        packed = UnackedMessages.NONE;
    }

    /// True if the datagram that is being packed may have reliable messages: it is counted as one from then on, and
    /// its number holds until the last of them is gone.
    ///
    /// @param most see [#hasRoom]
    boolean open(int most) {
        if (packed == UnackedMessages.NONE && hasRoom(most)) {
            packed = free[--freeCount];
            unacked[packed] = 0;
        }
        return isOpen();
    }

    /// True if the datagram that is being packed is counted.
    boolean isOpen() {
        return packed != UnackedMessages.NONE;
    }

    /// A reliable message is in the datagram that is being packed.
    ///
    /// @return the number of the datagram
    int onMessage() {
        unacked[packed]++;
        return packed;
    }

    /// A message of the datagram arrived.
    void onAcked(int datagramSlot) {
        if (leave(datagramSlot)) {
            window = Math.min(MAX, window + 1 / window);
        }
    }

    /// A message of the datagram is to be sent again, or nobody waits for it any more.
    ///
    /// @return whether it was the last of its datagram
    boolean leave(int datagramSlot) {
        if (--unacked[datagramSlot] > 0) {
            return false;
        }
        free[freeCount++] = datagramSlot;
        return true;
    }

    /// Nothing is on its way any more.
    void clear() {
        freeCount = MAX;
        for (int i = 0; i < MAX; i++) {
            free[i] = i;
        }
    }

    void onLoss(long now) {
        if (!wasReduced || now - reducedAt > roundTrip.smoothed()) {
            window = Math.max(MIN, window / 2);
            reducedAt = now;
            wasReduced = true;
        }
    }

    /// Returns the time when the next datagram with new messages may leave; a time that has come if at once.
    long paceAt(long now) {
        accrue(now);
        return credit >= ENOUGH ? now : now + (long) Math.ceil((1 - credit) * interval());
    }

    /// True if a datagram with new messages may leave now.
    boolean mayStart(long now) {
        accrue(now);
        return credit >= ENOUGH;
    }

    void onNewDatagram(long now) {
        accrue(now);
        credit--;
    }

    private void accrue(long now) {
        if (credit < BURST) {
            credit = Math.min(BURST, credit + Math.max(0, now - creditedAt) / interval());
        }
        creditedAt = now;
    }

    private double interval() {
        return (roundTrip.smoothed() + 1) / (1.25 * window);
    }
}
