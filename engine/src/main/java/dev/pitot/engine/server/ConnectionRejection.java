package dev.pitot.engine.server;

import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.error.Errno;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.TestState;
import java.io.IOException;
import java.time.Duration;

/// Final message to a client: the refusal of a connection, or the reason for the end of a test.
final class ConnectionRejection {
    /// A byte fits into the send buffer of any new connection.
    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private ConnectionRejection() {}

    /// Rejects a connection; UDP has no message for that.
    static void deny(Connection connection, NanoClock clock) {
        if (!(connection instanceof TcpConnection tcp)) {
            connection.close();
            return;
        }
        end(tcp, ControlEncoder.state(TestState.ACCESS_DENIED), clock);
    }

    /// Sends the final bytes of a connection that belongs to no test, and closes it.
    static void end(TcpConnection connection, byte[] bytes, NanoClock clock) {
        try (connection) {
            ControlConnection.sendAll(connection, bytes, Deadline.in(TIMEOUT, clock, () -> false));
            connection.shutdownOutput();
        } catch (IOException _) { // it is already closed
        }
    }

    /// Sends a client the reason for the end of its test.
    static void sendFinalMessage(Session session, SessionFailure end) {
        try {
            ControlConnection.sendAll(
                    session.control(), finalMessage(end), Deadline.in(TIMEOUT, session.clock(), () -> false));
        } catch (IOException _) { // the client has already closed its end
        }
    }

    private static byte[] finalMessage(SessionFailure end) {
        return switch (end.ending()) {
            case Ending.Cancelled _ -> ControlEncoder.state(TestState.SERVER_TERMINATE);
            case Ending.Busy _ -> ControlEncoder.state(TestState.ACCESS_DENIED);
            case Ending.Failed(IperfError error, String reason, boolean _) ->
                // a timeout, for example, has no failed call, but its reason is a text of the system
                ControlEncoder.serverError(error, end.errno() == 0 ? Errno.number(reason) : end.errno());
            case Ending.Completed _, Ending.PeerTerminated _, Ending.PeerGone _ -> new byte[0];
        };
    }
}
