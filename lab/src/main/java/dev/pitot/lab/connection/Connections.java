package dev.pitot.lab.connection;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.system.OperatingSystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Makes the connection for each kind of door. Nothing is opened by that: the first command does.
/// Whoever asks for a connection closes it. Any thread may use it.
public final class Connections {
    private final SecretReader secrets;
    private final ConsoleOpener consoles;
    private final Path home;
    private final InstantSource wallClock;

    /// Makes connections of these parts.
    ///
    /// @param consoles makes those behind telnet and on serial lines
    /// @param home the user's, where the built-in ssh looks for the usual private keys
    /// @param wallClock for the arrival of lines
    public Connections(SecretReader secrets, ConsoleOpener consoles, Path home, InstantSource wallClock) {
        this.secrets = secrets;
        this.consoles = consoles;
        this.home = home;
        this.wallClock = wallClock;
    }

    /// A connection through a door.
    ///
    /// @throws ConnectionException if the door leads nowhere that one could try
    public Connection open(NodeShell shell, Door door) throws ConnectionException {
        return switch (door) {
            case Door.Local _ -> new LocalConnection(shell.node(), shell.environment(), wallClock);
            case Door.Ssh ssh -> new SshConnection(shell, ssh, wallClock);
            case Door.BuiltInSsh ssh -> new BuiltInSshConnection(shell, ssh, secrets, home, wallClock);
            case Door.Adb adb -> AdbConnection.here(shell, adb, wallClock);
            case Door.AdbOver(Door machine, Door.Adb adb) -> {
                // What runs adb is not known to the plan: quoted as for Linux and macOS
                var shellOfMachine = new NodeShell(shell.node(), OperatingSystem.LINUX, Map.of(), shell.timeouts());
                yield AdbConnection.over(shell, adb, open(shellOfMachine, machine));
            }
            case Door.Telnet telnet -> WithVariables.of(shell, consoles.telnet(shell, telnet, secrets));
            case Door.Serial serial -> WithVariables.of(shell, consoles.serial(shell, serial, secrets));
            case Door.Manual _ -> new ManualConnection(shell.node());
        };
    }
}
