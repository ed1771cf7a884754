package dev.pitot.lab.process;

import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/// Waits for one server until it is ready: until it reports that, or the node's table of ports shows
/// it. Any thread may report; one waits.
public final class Readiness {
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration BLIND_TIMEOUT = Duration.ofSeconds(1);

    private final CountDownLatch reported = new CountDownLatch(1);

    /// What was waited for.
    public enum State {
        /// The server has reported that it listens.
        REPORTED,
        /// Something listens at its port.
        SEEN,
        /// It has ended instead: its output shows why.
        ENDED,
        /// It has not reported that, and the node does not show its ports (Android from 10 on): it may
        /// be ready or not.
        UNKNOWN,
        /// The timeout has passed, and nothing listens there.
        LATE
    }

    /// The server has reported that it listens. May be called any number of times.
    public void onListening() {
        reported.countDown();
    }

    /// Waits.
    ///
    /// @param commands of the server's node
    /// @param door what the server waits with: TCP for iperf3 and Pitot, even for UDP tests; for
    ///     iperf 2 what it tests
    /// @param port where it shall listen
    /// @param hasEnded whether the server has ended
    /// @throws ConnectionException if the node cannot be asked
    public State await(NodeCommands commands, Protocol door, int port, BooleanSupplier hasEnded, Duration timeout)
            throws ConnectionException, InterruptedException {
        Query<Boolean> listens = OsAdapter.of(commands.system()).listens(door, port);
        var backoff = new Backoff(commands.clock(), FIRST_LOOK, timeout);
        boolean isBlind = true;
        do {
            if (hasReported()) {
                return State.REPORTED;
            }
            if (hasEnded.getAsBoolean()) {
                return hasReported() ? State.REPORTED : State.ENDED;
            }
            Boolean seen = commands.query(listens);
            isBlind &= seen == null;
            if (Boolean.TRUE.equals(seen)) {
                return State.SEEN;
            }
            if (isBlind && backoff.sinceStart().compareTo(BLIND_TIMEOUT) >= 0) {
                return State.UNKNOWN;
            }
        } while (backoff.await(reported));
        return hasReported() ? State.REPORTED : State.LATE;
    }

    private boolean hasReported() {
        return reported.getCount() == 0;
    }
}
