package dev.pitot.lab.watch;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.system.OperatingSystem;
import org.jspecify.annotations.Nullable;

/// A node, or this machine, as hooks and watchers need it: what it runs and how it is spoken to.
///
/// @param name how the plan calls it
/// @param system what it runs
/// @param connection stays the caller's: nothing of this package closes it
/// @param networkInterface of test traffic; null if it is not known
/// @param takesTurns whether only one command runs at a time (telnet, serial): watchers then ask
///     again and again instead of leaving a loop there, and nothing can be followed
public record Station(
        String name,
        OperatingSystem system,
        Connection connection,
        @Nullable String networkInterface,
        boolean takesTurns) {

    /// A node of a plan and the connection to it.
    public static Station of(Node node, Connection connection) {
        boolean takesTurns = node.door() instanceof Door.Telnet || node.door() instanceof Door.Serial;
        return new Station(
                node.name(), node.system(), connection, node.traffic().networkInterface(), takesTurns);
    }

    /// Whether it has a shell as POSIX has it.
    boolean hasShell() {
        return system != OperatingSystem.WINDOWS;
    }
}
