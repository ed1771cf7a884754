package dev.pitot.lab.engine;

import dev.pitot.model.config.Protocol;
import java.util.List;

/// What carries out one end of a test: the command line of a program on a node. Immutable.
public sealed interface Engine permits Iperf3Engine, Iperf2Engine {
    /// The engine of a program.
    static Engine of(Program program) {
        return switch (program.kind()) {
            case PITOT, IPERF3 -> new Iperf3Engine(program);
            case IPERF2 -> new Iperf2Engine(program);
        };
    }

    /// What runs.
    Program program();

    /// The server's command.
    ///
    /// @throws IllegalArgumentException in one sentence, if the program cannot do such a test
    List<String> server(TestSettings test, ServerPlace place);

    /// The client's command.
    ///
    /// @throws IllegalArgumentException in one sentence, if the program cannot do such a test
    List<String> client(TestSettings test, ClientTarget target);

    /// What the server waits with at its port, by which it is seen to be ready.
    Protocol door(TestSettings test);

    /// Whether the server ends by itself after one test. One that does not must be ended.
    boolean hasOneTestServers();

    /// How the program will write.
    Output output(TestSettings test);

    /// A program's ways to write.
    enum Output {
        /// iperf3 or Pitot: one JSON object a line, as it happens.
        JSON_STREAM,
        /// iperf3: one JSON document at the end.
        JSON,
        /// iperf3 or Pitot, for people.
        IPERF3_TEXT,
        /// iperf 2: comma-separated values. Streams only, no sum of them; times to 0.1 s.
        IPERF2_CSV,
        /// iperf 2, for people.
        IPERF2_TEXT
    }
}
