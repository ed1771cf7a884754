package dev.pitot.lab.node;

import java.time.Duration;

/// How long a node may take. Each is more than zero.
///
/// @param login from a connection's start until the node runs a first command
/// @param command for a short command, its login included
/// @param ready for a server until it listens, its login included
/// @param report for the last lines of a program that has ended, without a new byte
/// @param fetch for output that is transferred afterwards, without a new byte
/// @param end between asking a program to end and killing it
public record NodeTimeouts(
        Duration login, Duration command, Duration ready, Duration report, Duration fetch, Duration end) {
    /// What holds where a plan says nothing: a login shell of 6 s passes.
    public static final NodeTimeouts DEFAULT = new NodeTimeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2));
}
