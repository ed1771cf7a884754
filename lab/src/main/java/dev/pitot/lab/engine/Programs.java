package dev.pitot.lab.engine;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.NodeCommands;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what can measure on a node.
public final class Programs {
    private static final Duration PATIENCE = Duration.ofSeconds(15); // a Java program on a slow device
    private static final int NOT_FOUND = 126; // the shell's: 126 may not be run, 127 is not there

    private Programs() {}

    /// Asks the node for each program.
    ///
    /// @param told how programs are called there, if not as usual
    /// @return those that are there, in the order of preference
    /// @throws ConnectionException if the node cannot be asked
    public static Map<EngineKind, Program> find(NodeCommands commands, Node.Programs told)
            throws ConnectionException, InterruptedException {
        Map<EngineKind, Program> found = new EnumMap<>(EngineKind.class);
        for (EngineKind kind : EngineKind.values()) {
            String path = told.paths().getOrDefault(kind, kind.program());
            NodeCommands.Answer answer = commands.run(List.of(path, "--version"), PATIENCE);
            String said = String.join("\n", answer.out()) + "\n" + String.join("\n", answer.err());
            Version version = Version.find(said);
            boolean isThere = answer.code() < NOT_FOUND && (version != null || answer.succeeded());
            if (isThere && isOfKind(version, kind)) {
                found.put(kind, new Program(kind, path, version));
            }
        }
        return found;
    }

    /// Some systems call iperf 3 `iperf`.
    private static boolean isOfKind(@Nullable Version version, EngineKind kind) {
        return version == null || (version.major() == 2) == (kind == EngineKind.IPERF2);
    }
}
