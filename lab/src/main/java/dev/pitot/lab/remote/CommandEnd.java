package dev.pitot.lab.remote;

/// How a command ended, as far as it can be known here.
public sealed interface CommandEnd {
    /// It exited.
    ///
    /// @param code as the shell has it: 128 and the signal's number if a signal ended it
    record Exited(int code) implements CommandEnd {}

    /// The connection broke: whether the command goes on is unknown.
    ///
    /// @param reason one sentence that names the node
    record ConnectionLost(String reason) implements CommandEnd {}

    /// It was let go from here.
    record Abandoned() implements CommandEnd {}
}
