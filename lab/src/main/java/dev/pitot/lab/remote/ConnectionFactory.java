package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.os.OperatingSystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Makes the connection for each kind of door. Nothing is opened by that: the first command does.
/// Whoever asks for a connection closes it. Any thread may use it.
public final class ConnectionFactory {
    private final SecretReader secrets;
    private final ConsoleOpener consoles;
    private final Path home;
    private final InstantSource wallClock;

    /// Makes connections of these parts.
    ///
    /// @param consoles makes those behind telnet and on serial lines
    /// @param home the user's, where the built-in ssh looks for the usual private keys
    /// @param wallClock for the arrival of lines
    public ConnectionFactory(SecretReader secrets, ConsoleOpener consoles, Path home, InstantSource wallClock) {
        this.secrets = secrets;
        this.consoles = consoles;
        this.home = home;
        this.wallClock = wallClock;
    }

    /// A connection through a door.
    ///
    /// @throws ConnectionException if the door leads nowhere that one could try
    public NodeConnection open(ShellContext shell, ConnectionSettings settings) throws ConnectionException {
        return switch (settings) {
            case ConnectionSettings.Local _ -> new LocalConnection(shell.node(), shell.environment(), wallClock);
            case ConnectionSettings.Ssh ssh -> new OpenSshConnection(shell, ssh, wallClock);
            case ConnectionSettings.MinaSsh ssh -> new MinaSshConnection(shell, ssh, secrets, home, wallClock);
            case ConnectionSettings.Adb adb -> AdbConnection.here(shell, adb, wallClock);
            case ConnectionSettings.AdbOverSsh(ConnectionSettings machine, ConnectionSettings.Adb adb) -> {
                // What runs adb is not known to the plan: quoted as for Linux and macOS
                var shellOfMachine = new ShellContext(shell.node(), OperatingSystem.LINUX, Map.of(), shell.timeouts());
                yield AdbConnection.over(shell, adb, open(shellOfMachine, machine));
            }
            case ConnectionSettings.Telnet telnet ->
                EnvironmentConnection.of(shell, consoles.telnet(shell, telnet, secrets));
            case ConnectionSettings.Serial serial ->
                EnvironmentConnection.of(shell, consoles.serial(shell, serial, secrets));
            case ConnectionSettings.Manual _ -> new ManualConnection(shell.node());
        };
    }
}
