package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the connection for each kind of settings. Nothing is opened by that: the first command does.
/// The caller closes it. Any thread may use it.
public final class ConnectionFactory {
    private static final int BITS_OF_BYTE = 10; // of a serial line, with start and stop bit
    private static final int LEAST_PIECE = 512;
    private static final int MOST_PIECE = 16_384;

    private final SecretReader secrets;
    private final Path home;
    private final InstantSource wallClock;

    /// Makes connections of these parts.
    ///
    /// @param home the user's, where the built-in ssh looks for the usual private keys
    /// @param wallClock for the arrival of lines
    public ConnectionFactory(SecretReader secrets, Path home, InstantSource wallClock) {
        this.secrets = secrets;
        this.home = home;
        this.wallClock = wallClock;
    }

    /// The connection of some settings.
    ///
    /// @throws ConnectionException if there is nothing to connect to
    public NodeConnection open(ShellContext shell, ConnectionSettings settings) throws ConnectionException {
        return switch (settings) {
            case ConnectionSettings.Local _ -> new LocalConnection(shell.node(), shell.environment(), wallClock);
            case ConnectionSettings.Ssh ssh -> new OpenSshConnection(shell, ssh, List.of("ssh"), wallClock);
            case ConnectionSettings.MinaSsh ssh -> new MinaSshConnection(shell, ssh, secrets, home, wallClock);
            case ConnectionSettings.Adb adb -> new AdbConnection(shell, adb, null, wallClock);
            case ConnectionSettings.AdbOverSsh(ConnectionSettings machine, ConnectionSettings.Adb adb) -> {
                // What runs adb is not known to the plan: quoted as for Linux and macOS
                var shellOfMachine = new ShellContext(shell.node(), OperatingSystem.LINUX, Map.of(), shell.timeouts());
                yield new AdbConnection(shell, adb, open(shellOfMachine, machine), wallClock);
            }
            case ConnectionSettings.Telnet telnet ->
                new ConsoleConnection(
                        shell,
                        "telnet " + telnet.host(),
                        () -> TelnetTransport.open(telnet.host(), telnet.port()),
                        console(shell, telnet.login(), telnet.password(), false, MOST_PIECE),
                        wallClock);
            case ConnectionSettings.Serial serial ->
                new ConsoleConnection(
                        shell,
                        "serial " + serial.device(),
                        () -> SerialTransport.open(serial.device(), serial.baud()),
                        console(
                                shell,
                                serial.login(),
                                serial.password(),
                                true,
                                Math.clamp(serial.baud() / BITS_OF_BYTE, LEAST_PIECE, MOST_PIECE)),
                        wallClock);
            case ConnectionSettings.Manual _ -> new ManualConnection(shell.node());
        };
    }

    private ConsoleShell.Settings console(
            ShellContext shell, @Nullable String login, @Nullable Secret password, boolean wakes, int pieceBytes) {
        return new ConsoleShell.Settings(
                login,
                password == null ? null : () -> secrets.read(shell.node(), password),
                wakes,
                pieceBytes,
                new MachineClock(),
                ConsoleTimeouts.of(shell.timeouts()));
    }
}
