package dev.pitot.lab.session;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.node.Node;

/// Opens the connections of a session's nodes.
@FunctionalInterface
public interface Connector {
    /// The connection of a node, which need not be made before its first command.
    ///
    /// @throws ConnectionException if there is no way that one could try
    Connection connect(Node node) throws ConnectionException;
}
