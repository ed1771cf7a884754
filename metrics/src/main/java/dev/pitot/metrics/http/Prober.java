package dev.pitot.metrics.http;

import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import java.io.IOException;
import java.time.Duration;

/// Runs the tests of probes. Called on the probe's own virtual thread.
@FunctionalInterface
public interface Prober {
    /// Runs one test and waits for its end. When the deadline passes, the thread is interrupted:
    /// the method must then cancel the test and return its outcome, or throw, at once. The probe
    /// occupies its slot until the method returns.
    ///
    /// @param target server to test against
    /// @param profile name of one of the allowed profiles
    /// @param deadline time limit of the probe, more than 0
    /// @param listener listener for the test's events
    /// @throws IOException if there is no outcome
    /// @throws InterruptedException if interrupted and there is no outcome
    Outcome probe(ProbeTarget target, String profile, Duration deadline, TestListener listener)
            throws IOException, InterruptedException;
}
