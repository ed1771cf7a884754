package dev.pitot.lab.watch;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.Mark;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.NodeProcess;
import dev.pitot.lab.system.OperatingSystem;
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
/// @param takesTurns whether only one command runs at a time (telnet, serial): monitors then ask
///     again and again instead of leaving a loop there, and nothing can be followed
public record Station(
        String name,
        String session,
        NodeCommands commands,
        @Nullable String networkInterface,
        boolean takesTurns) {
    /// A node of a plan.
    public static Station of(Node node, String session, NodeCommands commands) {
        boolean takesTurns = node.door() instanceof Door.Telnet || node.door() instanceof Door.Serial;
        return new Station(node.name(), session, commands, node.traffic().networkInterface(), takesTurns);
    }

    /// This machine.
    public static Station here(String session, Connection local) {
        return new Station("this machine", session, new NodeCommands(local, OperatingSystem.LINUX), null, false);
    }

    OperatingSystem system() {
        return commands.system();
    }

    /// Whether it has a shell as POSIX has it.
    boolean hasShell() {
        return system() != OperatingSystem.WINDOWS;
    }

    /// Starts a program that can be ended with all that comes of it.
    ///
    /// @param role such as `hook`
    /// @param environment added to the program's, where there is a POSIX shell
    NodeProcess start(String role, Map<String, String> environment, List<String> command, LineListener lines)
            throws ConnectionException {
        String unique = role + "-" + UUID.randomUUID().toString().substring(0, 13);
        return NodeProcess.start(commands, new Mark(session, name, unique), environment, command, lines);
    }
}
