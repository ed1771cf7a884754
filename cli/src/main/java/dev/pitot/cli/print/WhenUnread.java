package dev.pitot.cli.print;

/// What printing does when the reader of a pipe does not read.
public enum WhenUnread {
    /// It waits, as iperf3 does: who pauses the output of a client wants to see all of it.
    WAIT,
    /// It goes on soon, and what finds no room is lost: tests of a server do not wait for whoever
    /// reads its log.
    GO_ON
}
