package dev.pitot.probe.rpm;

/// Confidence in a figure (draft, section "Confidence of Test-Results").
public enum RpmConfidence {
    /// Fewer intervals than the moving average spans (MAD).
    LOW,
    /// At least MAD intervals, but the figure was not stable when the time was over.
    MEDIUM,
    /// The figure was stable.
    HIGH;

    static RpmConfidence of(boolean isStable, int intervals, int distance) {
        return isStable ? HIGH : intervals >= distance ? MEDIUM : LOW;
    }
}
