package dev.pitot.cli.print;

/// What printing does when the reader of a pipe does not read.
public enum Backpressure {
    /// Printing waits, as in iperf3: whoever pauses the output of a client wants to see all of it.
    BLOCK,
    /// Printing waits for a second; lines that find no room after that are dropped and counted. The
    /// tests of a server do not wait for the reader of its log.
    DROP
}
