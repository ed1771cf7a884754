package dev.pitot.engine.server;

import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Connection;
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

    /// Turns a connection away; datagrams have no byte for that.
    static void deny(Connection connection, NanoClock clock) {
        if (!(connection instanceof TcpConnection tcp)) {
            connection.close();
            return;
        }
        try (tcp) {
            ControlConnection.sendAll(
                    tcp, ControlEncoder.state(TestState.ACCESS_DENIED), Deadline.in(PATIENCE, clock, () -> false));
            tcp.shutdownOutput();
        } catch (IOException _) { // it has gone by itself
        }
    }
}
