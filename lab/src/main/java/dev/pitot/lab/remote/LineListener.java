package dev.pitot.lab.remote;

/// A listener to the lines of one command, one at a time, in the order in which they arrived.
/// What it throws is dropped with the line and not reported: the command goes on, and so do its
/// other lines.
@FunctionalInterface
public interface LineListener {
    /// Called on the thread that reads the command's output: a wait here keeps the command
    /// waiting.
    void onLine(OutputLine line);
}
