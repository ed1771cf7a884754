package dev.pitot.model.result;

/// The one result of a run: what was measured, and how it ended. Data measured before a failure
/// is in the report.
public record Outcome(TestReport report, Ending ending) {}
