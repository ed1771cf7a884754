package dev.pitot.lab.session;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.ShellContext;

/// Opens the connections of a session's nodes.
@FunctionalInterface
public interface NodeConnector {
    /// The connection of a node, which need not be made before its first command.
    ///
    /// @throws ConnectionException if there is no way that one could try
    NodeConnection connect(Node node) throws ConnectionException;

    /// Opens each node's door, for commands with the variables that the plan gives it.
    static NodeConnector through(ConnectionFactory connections) {
        return node -> connections.open(
                new ShellContext(
                        node.name(),
                        node.system(),
                        node.programs().environment(),
                        node.control().timeouts()),
                node.connectionSettings());
    }
}
