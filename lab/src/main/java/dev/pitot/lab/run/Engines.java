package dev.pitot.lab.run;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.engine.Engine;
import dev.pitot.lab.engine.Program;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.program.EngineChoice;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What carries out the two ends of a test.
///
/// @param server null if a person runs the server
record Engines(Engine client, @Nullable Engine server) {
    /// Chooses programs that understand each other.
    ///
    /// @param wanted at both ends; null for a choice
    /// @throws ConnectionException if a node cannot be asked
    /// @throws IllegalArgumentException if there are no such programs
    static Engines between(Device client, Device server, @Nullable EngineKind wanted)
            throws ConnectionException, InterruptedException {
        if (server.isUntouched()) {
            return new Engines(Engine.of(alone(client, wanted)), null);
        }
        EngineChoice choice = EngineChoice.of(end(client), end(server), wanted);
        return new Engines(Engine.of(choice.client()), Engine.of(choice.server()));
    }

    private static EngineChoice.End end(Device device) throws ConnectionException, InterruptedException {
        return new EngineChoice.End(device.node(), device.programs());
    }

    /// What a person has started at the other end is not known: it is what is wanted or
    /// preferred here.
    private static Program alone(Device client, @Nullable EngineKind wanted)
            throws ConnectionException, InterruptedException {
        EngineKind kind = wanted == null ? client.node().programs().preferred() : wanted;
        return client.programs().all().stream()
                .filter(program -> kind == null || program.kind() == kind)
                .min(Comparator.comparing(Program::kind))
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + client.node().name() + "' has no "
                                + (kind == null ? "program that measures" : kind.program()) + ": install it there"));
    }
}
