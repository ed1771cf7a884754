package dev.pitot.lab.process;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A node, or this machine, as hooks and monitors need it: what it runs and how it is spoken to.
///
/// @param name how the plan calls it
/// @param session whose processes are started there, in the names of files on the node
/// @param commands over its connection, which stays the caller's: nothing of this package closes it
/// @param networkInterface of test traffic; null if it is not known
/// @param runsOneCommandAtATime whether only one command runs at a time (telnet, serial): monitors then ask
///     again and again instead of leaving a loop there, and nothing can be followed
public record CommandTarget(
        String name,
        String session,
        NodeCommands commands,
        @Nullable String networkInterface,
        boolean runsOneCommandAtATime) {
    /// A node of a plan.
    public static CommandTarget of(Node node, String session, NodeCommands commands) {
        boolean takesTurns = node.connectionSettings() instanceof ConnectionSettings.Telnet
                || node.connectionSettings() instanceof ConnectionSettings.Serial;
        return new CommandTarget(node.name(), session, commands, node.traffic().networkInterface(), takesTurns);
    }

    /// This machine.
    public static CommandTarget here(String session, NodeCommands commands) {
        return new CommandTarget("this machine", session, commands, null, false);
    }

    public OperatingSystem system() {
        return commands.system();
    }

    /// Whether it has a shell as POSIX has it.
    public boolean hasShell() {
        return system() != OperatingSystem.WINDOWS;
    }

    /// Starts a program that can be ended with all that comes of it.
    ///
    /// @param role such as `hook`
    /// @param environment added to the program's, where there is a POSIX shell
    public RemoteProcess start(String role, Map<String, String> environment, List<String> command, LineListener lines)
            throws ConnectionException {
        String unique = role + "-" + UUID.randomUUID().toString().substring(0, 13);
        return RemoteProcess.start(commands, new ProcessTag(session, name, unique), environment, command, lines);
    }
}
