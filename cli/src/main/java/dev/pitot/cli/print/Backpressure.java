package dev.pitot.cli.print;

/// Behaviour of printing when the reader of a pipe does not read.
public enum Backpressure {
    /// Printing blocks, as in iperf3: a user who pauses the output of a client wants to see all of it.
    BLOCK,
    /// Printing blocks for a second; lines that do not fit into memory after that are dropped and
    /// counted. A server's tests do not wait for the reader of its log.
    DROP
}
