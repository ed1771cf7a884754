package dev.pitot.cli.lab;

import dev.pitot.command.Environment;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.session.NodeConnector;
import java.nio.file.Path;
import java.time.InstantSource;

/// Opens the nodes of plans as this program reaches them.
final class Nodes {
    private Nodes() {}

    static NodeConnector connector(Environment environment, InstantSource clock) {
        var connections = new ConnectionFactory(new SecretReader(environment::value), home(), clock);
        return NodeConnector.through(connections);
    }

    /// What `~` stands for in plans.
    static Path home() {
        return Path.of(System.getProperty("user.home", ""));
    }
}
