package dev.pitot.model.finding;

/// Result of one rule.
sealed interface RuleResult {
    /// The rule does not apply, or its cause was not at work.
    RuleResult NOTHING = new Nothing();

    /// The cause was found.
    record Found(Finding finding) implements RuleResult {}

    /// The rule applies, but values are missing.
    ///
    /// @param reason missing values, as the end of a sentence
    record Missing(String reason) implements RuleResult {}

    /// Nothing to report.
    record Nothing() implements RuleResult {}
}
