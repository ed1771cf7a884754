package dev.pitot.engine.session;

import dev.pitot.socket.Connection;

/// A connection as it was accepted.
///
/// @param order counts accepted connections: clients open their streams one after the other, and
///     the cookies that name their test may be read in another order than they were accepted in
public record Arrival(Connection connection, long order) {}
