package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Result of a completed command.
///
/// @param command the command
/// @param exit exit code and output
record CommandRun(List<String> command, ChildProcess.Exit exit) {
    /// Runs a command.
    ///
    /// @throws IOException if there is no such program
    /// @throws AssertionError if it does not end in time
    static CommandRun of(List<String> command, Duration timeout) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(command)) {
            return new CommandRun(command, child.awaitExit(timeout));
        }
    }

    boolean succeeded() {
        return exit.code() == 0;
    }

    /// Returns its standard output.
    ///
    /// @throws IOException with its standard error, if it failed
    String orThrow() throws IOException {
        if (!succeeded()) {
            throw new IOException(
                    String.join(" ", command) + ": " + exit.stderr().strip());
        }
        return exit.stdout();
    }
}
