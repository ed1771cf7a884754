package dev.pitot.lab.session;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Connections;
import dev.pitot.lab.connection.NodeShell;
import dev.pitot.lab.node.Node;

/// Opens the connections of a session's nodes.
@FunctionalInterface
public interface Connector {
    /// The connection of a node, which need not be made before its first command.
    ///
    /// @throws ConnectionException if there is no way that one could try
    Connection connect(Node node) throws ConnectionException;

    /// Opens each node's door, for commands with the variables that the plan gives it.
    static Connector through(Connections connections) {
        return node -> connections.open(
                new NodeShell(
                        node.name(),
                        node.system(),
                        node.programs().environment(),
                        node.control().timeouts()),
                node.door());
    }
}
