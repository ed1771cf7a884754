package dev.pitot.lab.connection.console;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.ConsoleOpener;
import dev.pitot.lab.connection.NodeShell;
import dev.pitot.lab.connection.SecretReader;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Secret;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes consoles: shells behind telnet and on serial lines.
public final class Consoles implements ConsoleOpener {
    @Override
    public Connection telnet(NodeShell shell, Door.Telnet door, SecretReader secrets) {
        return new TelnetConnection(
                shell.node() + " (telnet " + door.host() + ")",
                door.host(),
                door.port(),
                door.login(),
                password(shell, door.password(), secrets),
                shell.system());
    }

    @Override
    public Connection serial(NodeShell shell, Door.Serial door, SecretReader secrets) {
        return new SerialConnection(
                shell.node() + " (serial " + door.device() + ")",
                door.device(),
                door.baud(),
                door.login(),
                password(shell, door.password(), secrets),
                shell.system());
    }

    private static @Nullable Supplier<String> password(NodeShell shell, @Nullable Secret secret, SecretReader secrets) {
        if (secret == null) {
            return null;
        }
        return () -> {
            try {
                return secrets.read(shell.node(), secret);
            } catch (ConnectionException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
