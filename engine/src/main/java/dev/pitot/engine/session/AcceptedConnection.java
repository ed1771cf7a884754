package dev.pitot.engine.session;

import dev.pitot.model.config.Protocol;
import dev.pitot.socket.Connection;

/// Accepted connection, until a stream or a test is made of it.
///
/// @param <C> the type of connection
/// @param by the transport: TCP (over one path or several), UDP or SCTP
/// @param order sequence number of accepted connections: clients open their streams one after the other,
///     but the cookies that identify their test may be read in a different order
public record AcceptedConnection<C extends Connection>(C connection, Protocol by, long order) {
    /// True if it may be a control connection, which is always TCP.
    public boolean mayControl() {
        return by == Protocol.TCP;
    }

    /// True if it can be a stream of a test with this protocol.
    public boolean fits(Protocol wanted) {
        return by == (wanted == Protocol.MULTIPATH_TCP ? Protocol.TCP : wanted);
    }
}
