package dev.pitot.model.event;

import dev.pitot.model.result.ServerOutput;

/// A listener on a server that can tell what it has shown of its test so far. The engine asks
/// it, on the listener's own thread and after `SummaryReady`, when a client wants the server's
/// output (`--get-server-output`).
public interface TestReporter extends TestListener {
    /// The output so far.
    ServerOutput serverOutput();
}
