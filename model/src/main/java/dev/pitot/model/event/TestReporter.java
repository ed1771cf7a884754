package dev.pitot.model.event;

import dev.pitot.model.result.ServerOutput;

/// Listener on a server that can return its output for the test so far. The engine requests it on
/// the listener's own thread, after `SummaryReady`, if a client wants the server's output
/// (`--get-server-output`).
public interface TestReporter extends TestListener {
    /// The output so far.
    ServerOutput serverOutput();
}
