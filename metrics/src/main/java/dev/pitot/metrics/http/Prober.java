package dev.pitot.metrics.http;

import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import java.io.IOException;
import java.time.Duration;

/// Runs the tests that probes ask for. Called on a virtual thread of the probe's own.
@FunctionalInterface
public interface Prober {
    /// Runs one test and waits for its end. When the deadline passes the thread is interrupted:
    /// then the test must be cancelled, and its outcome returned or the interruption thrown, at
    /// once. Until it does the probe keeps its place.
    ///
    /// @param target whom to test against
    /// @param profile one of those that the caller allowed
    /// @param deadline how long the probe may take, more than 0
    /// @param listener of the test
    /// @throws IOException if there is no outcome
    /// @throws InterruptedException if it was interrupted and there is no outcome
    Outcome probe(Target target, String profile, Duration deadline, TestListener listener)
            throws IOException, InterruptedException;
}
