package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What came of a command that was run to its end.
///
/// @param command what was run
/// @param exit how it ended
record CommandRun(List<String> command, ChildProcess.Exit exit) {
    /// Runs a command.
    ///
    /// @throws IOException if there is no such program
    /// @throws AssertionError if it does not end in time
    static CommandRun of(List<String> command, Duration patience) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(command)) {
            return new CommandRun(command, child.awaitExit(patience));
        }
    }

    boolean succeeded() {
        return exit.code() == 0;
    }

    /// What it wrote to its standard output.
    ///
    /// @throws IOException with its own words, if it failed
    String orThrow() throws IOException {
        if (!succeeded()) {
            throw new IOException(
                    String.join(" ", command) + ": " + exit.stderr().strip());
        }
        return exit.stdout();
    }
}
