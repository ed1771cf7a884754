package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.socket.TcpConnection;

/// A connection that has not shown its cookie yet.
///
/// @param order counts accepted connections
record Stranger(TcpConnection connection, long order) {
    /// As the data connection of a test.
    Arrival asStream() {
        return new Arrival(connection, order);
    }
}
