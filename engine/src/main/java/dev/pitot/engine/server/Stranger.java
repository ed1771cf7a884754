package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.model.config.Protocol;
import dev.pitot.socket.TcpConnection;

/// A connection that has not shown its cookie yet.
///
/// @param by how it came: TCP or SCTP
/// @param order counts accepted connections
record Stranger(TcpConnection connection, Protocol by, long order) {
    /// As the data connection of a test.
    Arrival asStream() {
        return new Arrival(connection, by, order);
    }

    /// Whether it may begin a test: control connections are always TCP.
    boolean mayControl() {
        return by == Protocol.TCP;
    }
}
