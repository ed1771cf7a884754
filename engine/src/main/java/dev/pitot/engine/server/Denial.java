package dev.pitot.engine.server;

import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.TestState;
import java.io.IOException;
import java.time.Duration;

/// The refusal of a connection that no test wants: one byte, and goodbye.
final class Denial {
    /// A byte fits into the send buffer of any new connection.
    static final Duration PATIENCE = Duration.ofMillis(100);

    private Denial() {}

    static void deny(TcpConnection connection, NanoClock clock) {
        try (connection) {
            ControlConnection.sendAll(
                    connection,
                    ControlEncoder.state(TestState.ACCESS_DENIED),
                    Deadline.in(PATIENCE, clock, () -> false));
            connection.shutdownOutput();
        } catch (IOException _) { // it has gone by itself
        }
    }
}
