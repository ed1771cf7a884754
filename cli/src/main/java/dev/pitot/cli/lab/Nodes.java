package dev.pitot.cli.lab;

import dev.pitot.command.Environment;
import dev.pitot.lab.connection.Connections;
import dev.pitot.lab.connection.SecretReader;
import dev.pitot.lab.connection.console.Consoles;
import dev.pitot.lab.session.Connector;
import java.nio.file.Path;
import java.time.InstantSource;

/// Opens the nodes of plans as this program reaches them.
final class Nodes {
    private Nodes() {}

    static Connector connector(Environment environment, InstantSource clock) {
        var connections = new Connections(new SecretReader(environment::value), new Consoles(), home(), clock);
        return Connector.through(connections);
    }

    /// What `~` stands for in plans.
    static Path home() {
        return Path.of(System.getProperty("user.home", ""));
    }
}
