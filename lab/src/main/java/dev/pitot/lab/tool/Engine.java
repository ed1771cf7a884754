package dev.pitot.lab.tool;

/// What carries out one end of a test: the command line of a program on a node. Immutable.
public sealed interface Engine permits Iperf3Engine, Iperf2Engine {
    /// The engine of a program.
    static Engine of(InstalledTool program) {
        return switch (program.kind()) {
            case PITOT, IPERF3 -> new Iperf3Engine(program);
            case IPERF2 -> new Iperf2Engine(program);
        };
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
