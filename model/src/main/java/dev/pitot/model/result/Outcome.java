package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// The one result of a run: what was measured, and how it ended. Data measured before a failure
/// is in the report.
///
/// @param cause what was thrown where the test broke, with its own causes: the exception beneath an
///     [Ending.Failed], or of a connection that broke beneath an [Ending.PeerGone]; null where the
///     ending says it all
public record Outcome(
        TestReport report, Ending ending, @Nullable Throwable cause) {
    /// An outcome without an exception beneath it.
    public Outcome(TestReport report, Ending ending) {
        this(report, ending, null);
    }
}
