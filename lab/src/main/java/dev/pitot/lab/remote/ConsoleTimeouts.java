package dev.pitot.lab.remote;

import dev.pitot.lab.node.NodeTimeouts;
import java.time.Duration;

/// How long a console may take.
///
/// @param login from the open wire to a shell that answers
/// @param answer to one question, without a new byte
/// @param exclusive how long a new command waits for others to be asked
record ConsoleTimeouts(Duration login, Duration answer, Duration exclusive) {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    static final ConsoleTimeouts DEFAULT = of(NodeTimeouts.DEFAULT);

    /// A question is a part of a command, and short.
    static ConsoleTimeouts of(NodeTimeouts timeouts) {
        return new ConsoleTimeouts(timeouts.login(), ANSWER, timeouts.fetch());
    }
}
