package dev.pitot.lab.run;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.TestAddress;
import dev.pitot.lab.program.Programs;
import org.jspecify.annotations.Nullable;

/// A node with the connection to it. What it tells of itself is asked once. Any thread may use
/// it; closing it closes the connection.
public final class Device implements AutoCloseable {
    private final Node node;
    private final Connection connection;
    private final NodeCommands commands;
    private volatile boolean isClean;
    private @Nullable String address;
    private @Nullable Programs programs;

    public Device(Node node, Connection connection) {
        this.node = node;
        this.connection = connection;
        commands = new NodeCommands(connection, node.system());
    }

    /// What the plan says of it.
    public Node node() {
        return node;
    }

    /// Short commands on it.
    public NodeCommands commands() {
        return commands;
    }

    /// Whether nothing may be done on it: a person runs the server there.
    public boolean isUntouched() {
        return node.door() instanceof Door.Manual;
    }

    /// Whether what earlier sessions have left was ended, and nothing has survived since.
    boolean isClean() {
        return isClean;
    }

    void setClean(boolean isClean) {
        this.isClean = isClean;
    }

    /// Where its test traffic goes.
    ///
    /// @throws ConnectionException if it cannot be asked, or has no such address
    public synchronized String address() throws ConnectionException, InterruptedException {
        if (address == null) {
            address = TestAddress.of(node, isUntouched() ? null : commands);
        }
        return address;
    }

    /// What can measure on it.
    ///
    /// @throws ConnectionException if it cannot be asked
    public synchronized Programs programs() throws ConnectionException, InterruptedException {
        if (programs == null) {
            programs = Programs.find(commands, node.programs());
        }
        return programs;
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
