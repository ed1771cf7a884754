package dev.pitot.engine.session;

import dev.pitot.model.config.Protocol;
import dev.pitot.socket.Connection;

/// A connection as it was accepted, until a stream is made of it or a test begins with it.
///
/// @param <C> what carries it
/// @param by how it came: TCP (over one path or many), UDP or SCTP
/// @param order counts accepted connections: clients open their streams one after the other, and
///     the cookies that name their test may be read in another order than they were accepted in
public record Arrival<C extends Connection>(C connection, Protocol by, long order) {
    /// Whether it may begin a test: control connections are always TCP.
    public boolean mayControl() {
        return by == Protocol.TCP;
    }

    /// Whether it can be a stream of a test.
    public boolean fits(Protocol wanted) {
        return by == (wanted == Protocol.MULTIPATH_TCP ? Protocol.TCP : wanted);
    }
}
