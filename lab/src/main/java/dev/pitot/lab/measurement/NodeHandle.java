package dev.pitot.lab.measurement;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.tool.InstalledTools;
import dev.pitot.lab.tool.NodeFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node with the connection to it. Its facts are queried once. Any thread may use
/// it; closing it closes the connection.
public final class NodeHandle implements AutoCloseable {
    private final Node node;
    private final NodeConnection connection;
    private final NodeCommands commands;
    private final Set<String> required;
    private @Nullable NodeFacts facts;

    public NodeHandle(Node node, NodeConnection connection) {
        this(node, connection, Set.of());
    }

    /// @param required programs of which [#facts] reports the missing ones
    public NodeHandle(Node node, NodeConnection connection, Set<String> required) {
        this.required = Set.copyOf(required);
        this.node = node;
        this.connection = connection;
        commands = new NodeCommands(connection, node.system(), node.control());
    }

    /// Its description in the plan.
    public Node node() {
        return node;
    }

    /// Short commands on it.
    public NodeCommands commands() {
        return commands;
    }

    /// Whether nothing may be done on it: a person runs the server there.
    public boolean isManual() {
        return node.isUntouched();
    }

    /// What it reports of itself.
    ///
    /// @throws ConnectionException if it cannot be asked
    public synchronized NodeFacts facts() throws ConnectionException, InterruptedException {
        if (facts == null) {
            facts = NodeFacts.of(node, isManual() ? null : commands, required);
        }
        return facts;
    }

    /// Where its test traffic goes.
    ///
    /// @throws ConnectionException if it cannot be asked, or has no such address
    public String address() throws ConnectionException, InterruptedException {
        return facts().address();
    }

    /// What can measure on it.
    ///
    /// @throws ConnectionException if it cannot be asked
    public InstalledTools programs() throws ConnectionException, InterruptedException {
        return facts().programs();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return connection.name();
    }
}
