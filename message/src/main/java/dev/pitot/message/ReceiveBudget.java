package dev.pitot.message;

import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.UdpSocket;

/// How much an endpoint takes from its ports in one turn: so many datagrams, and so much time, since one of a DTLS
/// handshake may cost a millisecond, and what is to be sent waits meanwhile. Nothing while its listener is behind:
/// then the system keeps what comes as long as it has room, and that nothing is read is no silence of the peers. The
/// endpoint's thread only.
final class ReceiveBudget {
    private static final int DATAGRAMS_PER_TURN = 256;
    private static final int DATAGRAMS_PER_LOOK = 4; // at the clock
    private static final long NANOS_PER_TURN = 5_000_000;

    /// In a pause of this share of the timeout all that a peer says to show that it lives may be lost, since the
    /// system's buffer is full.
    private static final int LONG_PAUSE_SHARE = 5;

    /// After so many timeouts pauses excuse nothing more: a handler that waits for a message to be confirmed,
    /// which is not read while it waits, hears that the connection is over.
    private static final int LONGEST_PAUSE = 10;

    /// When so many timeouts have been read since, pauses excuse as much again. Not one: a protocol that looks once
    /// a timeout hears of the excuse so late, and a peer that keeps the listener behind would keep those that are
    /// gone.
    private static final int READING_BETWEEN = 2;

    private final SafeListener listener;
    private final RelativeClock time;
    private final long timeoutNanos;
    private boolean isPaused;
    private boolean isExcused; // all of a timeout, once
    private long pausedAt;
    private long pausedNanos; // and the next, as long as reading in between was too short
    private long readNanos; // since
    private long lookedAt;
    private long unreadNanos;

    ReceiveBudget(SafeListener listener, EndpointOptions options, RelativeClock time) {
        this.listener = listener;
        this.time = time;
        timeoutNanos = options.timeout().toNanos();
    }

    /// For how long silence of a peer is excused at most, if nothing of it is read.
    static long longestPauseNanos(EndpointOptions options) {
        return LONGEST_PAUSE * options.timeout().toNanos();
    }

    /// Begins a turn.
    void begin(long now) {
        boolean hasRoom = listener.hasRoom();
        if (isPaused) {
            pause(now);
        } else {
            readNanos += now - lookedAt;
            if (readNanos >= READING_BETWEEN * timeoutNanos) {
                pausedNanos = 0;
                isExcused = false;
            }
            if (!hasRoom) {
                pausedAt = now;
                readNanos = pausedNanos == 0 ? 0 : readNanos;
            }
        }
        lookedAt = now;
        isPaused = !hasRoom;
    }

    private void pause(long now) {
        pausedNanos += now - lookedAt;
        if (pausedNanos > LONGEST_PAUSE * timeoutNanos) {
            return;
        }
        unreadNanos += now - lookedAt;
        if (!isExcused && now - pausedAt >= timeoutNanos / LONG_PAUSE_SHARE) {
            isExcused = true;
            readNanos = 0;
            unreadNanos += timeoutNanos;
        }
    }

    /// Whether this turn is to receive nothing, because the listener is behind.
    boolean isPaused() {
        return isPaused;
    }

    /// For how long nothing was read, in all, but at most ten timeouts until two have been read. In a long pause it
    /// grows by the timeout besides, as rarely: peers have all of that when reading goes on, since what they said
    /// may be lost. A short one counts as long as it is, or a peer that keeps the listener busy would keep those
    /// that are gone.
    long unreadNanos() {
        return unreadNanos;
    }

    /// Hands over datagrams that have arrived, without waiting.
    ///
    /// @return how many that were
    int receive(UdpSocket socket, DatagramHandler handler) {
        long until = time.now() + NANOS_PER_TURN;
        int came = 0;
        int more;
        do {
            more = socket.receive(DATAGRAMS_PER_LOOK, handler);
            came += more;
        } while (more == DATAGRAMS_PER_LOOK // else there are no more, or they come in the next turn
                && came < DATAGRAMS_PER_TURN
                && listener.hasRoom()
                && time.now() < until);
        return came;
    }
}
