package dev.pitot.lab.process;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.system.Inquiry;
import dev.pitot.lab.system.SystemRules;
import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/// Waits for one server until it is ready: until it says so, or the node's table of ports shows
/// it. Any thread may tell; one waits.
public final class Readiness {
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration BLIND_PATIENCE = Duration.ofSeconds(1);

    private final CountDownLatch said = new CountDownLatch(1);

    /// What was waited for.
    public enum State {
        /// The server has said that it listens.
        SAID,
        /// Something listens at its port.
        SEEN,
        /// It has ended instead: its output tells why.
        ENDED,
        /// It has not said so, and the node does not show its ports (Android from 10 on): it may
        /// be ready or not.
        UNKNOWN,
        /// Patience is over, and nothing listens there.
        LATE
    }

    /// The server has said that it listens. May be called any number of times.
    public void onListening() {
        said.countDown();
    }

    /// Waits.
    ///
    /// @param commands of the server's node
    /// @param door what the server waits with: TCP for iperf3 and Pitot, even for UDP tests; for
    ///     iperf 2 what it tests
    /// @param port where it shall listen
    /// @param hasEnded whether the server has ended
    /// @throws ConnectionException if the node cannot be asked
    public State await(NodeCommands commands, Protocol door, int port, BooleanSupplier hasEnded, Duration patience)
            throws ConnectionException, InterruptedException {
        Inquiry<Boolean> listens = SystemRules.of(commands.system()).listens(door, port);
        var polling = new Polling(commands.clock(), FIRST_LOOK, patience);
        boolean isBlind = true;
        do {
            if (hasSaid()) {
                return State.SAID;
            }
            if (hasEnded.getAsBoolean()) {
                return hasSaid() ? State.SAID : State.ENDED;
            }
            Boolean seen = commands.ask(listens);
            isBlind &= seen == null;
            if (Boolean.TRUE.equals(seen)) {
                return State.SEEN;
            }
            if (isBlind && polling.sinceStart().compareTo(BLIND_PATIENCE) >= 0) {
                return State.UNKNOWN;
            }
        } while (polling.again(said));
        return hasSaid() ? State.SAID : State.LATE;
    }

    private boolean hasSaid() {
        return said.getCount() == 0;
    }
}
