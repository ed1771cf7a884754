package dev.pitot.lab.remote.console;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.ConsoleOpener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.remote.ShellContext;
import dev.pitot.lab.time.MachineClock;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shells behind telnet, which hides neither name nor password nor output on the way, and on serial
/// lines.
///
/// One session serves all commands of a console. They run in its background with their output in
/// files of the node's temporary folder, which are read four times a second, as fast as the line
/// is, and removed afterwards: times of arrival are as coarse as that, and what a command writes
/// must fit there. Lines that the console shows on its own, such as the kernel's, are lines of
/// standard error. Needs `mkdir`, `rm`, `cat`, `wc`, `tail -c`, `head -c` and `printf` on the node.
/// Closing logs out whoever was logged in by the connection.
public final class Consoles implements ConsoleOpener {
    private static final int BITS_OF_BYTE = 10; // with start and stop bit
    private static final int LEAST_PIECE = 512;
    private static final int MOST_PIECE = 16_384;

    @Override
    public NodeConnection telnet(ShellContext shell, ConnectionSettings.Telnet door, SecretReader secrets) {
        @Nullable Supplier<String> password = password(shell, door.password(), secrets);
        return console(
                shell,
                "telnet " + door.host(),
                () -> TelnetTransport.open(door.host(), door.port()),
                new ConsoleShell.Settings(door.login(), password, false, MOST_PIECE, new MachineClock(), times(shell)));
    }

    @Override
    public NodeConnection serial(ShellContext shell, ConnectionSettings.Serial door, SecretReader secrets) {
        @Nullable Supplier<String> password = password(shell, door.password(), secrets);
        int piece = Math.clamp(door.baud() / BITS_OF_BYTE, LEAST_PIECE, MOST_PIECE);
        return console(
                shell,
                "serial " + door.device(),
                () -> SerialTransport.open(door.device(), door.baud()),
                new ConsoleShell.Settings(door.login(), password, true, piece, new MachineClock(), times(shell)));
    }

    private static ConsoleTimeouts times(ShellContext shell) {
        return ConsoleTimeouts.of(shell.timeouts());
    }

    private static NodeConnection console(
            ShellContext shell, String way, ConsoleTransport.Opener opener, ConsoleShell.Settings settings) {
        return new ConsoleConnection(
                shell.node() + " (" + way + ")", shell.system(), opener, settings, InstantSource.system());
    }

    private static @Nullable Supplier<String> password(
            ShellContext shell, @Nullable Secret secret, SecretReader secrets) {
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
