package dev.pitot.lab.tool;

import dev.pitot.lab.node.EngineKind;
import org.jspecify.annotations.Nullable;
/// What carries out one end of a test: the command line of a program on a node. Immutable.

public sealed interface Engine permits Iperf3Engine, Iperf2Engine {
    /// The engine of a program.
    static Engine of(InstalledTool program) {
        return switch (program.kind()) {
            case PITOT, IPERF3 -> new Iperf3Engine(program);
            case IPERF2 -> new Iperf2Engine(program);
        };
    }

    /// The reason why no version of a program can do a test, in one sentence; null if there is none.
    static @Nullable String obstacle(EngineKind kind, TestSettings test) {
        if (kind != EngineKind.IPERF2) {
            return null;
        }
        try {
            ToolCommand _ = new Iperf2Engine(new InstalledTool(kind, kind.program(), null))
                    .client(test, new ClientTarget("192.0.2.1", 1, null));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /// What runs.
    InstalledTool program();

    /// The server's command.
    ///
    /// @throws IllegalArgumentException in one sentence, if the program cannot do such a test
    ToolCommand server(TestSettings test, ServerAddress place);

    /// The client's command.
    ///
    /// @throws IllegalArgumentException in one sentence, if the program cannot do such a test
    ToolCommand client(TestSettings test, ClientTarget target);
}
