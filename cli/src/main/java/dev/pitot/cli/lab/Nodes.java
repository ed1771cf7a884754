package dev.pitot.cli.lab;

import dev.pitot.command.Variables;
import dev.pitot.lab.connection.Connections;
import dev.pitot.lab.connection.NodeShell;
import dev.pitot.lab.connection.SecretReader;
import dev.pitot.lab.connection.console.Consoles;
import dev.pitot.lab.session.Connector;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Opens the nodes of plans as this program reaches them.
final class Nodes {
    private Nodes() {}

    static Connector connector(Variables variables, InstantSource clock) {
        var connections = new Connections(new SecretReader(variables::value), new Consoles(), home(), clock);
        // Variables of the plan are set by the lab's own commands, which consoles understand too.
        return node -> connections.open(new NodeShell(node.name(), node.system(), Map.of()), node.door());
    }

    /// What `~` stands for in plans.
    static Path home() {
        return Path.of(System.getProperty("user.home", ""));
    }
}
