package dev.pitot.lab.plan;

/// What a result must keep.
///
/// @param figure of which
/// @param isAtLeast whether the limit is the least allowed, or else the most
/// @param limit in the unit of the figure
public record Threshold(ThresholdMetric figure, boolean isAtLeast, double limit) {
    /// What can be limited.
    public enum ThresholdMetric {
        /// Received, in bits per second.
        BITRATE,
        /// Of datagrams, in percent.
        LOSS,
        /// In milliseconds.
        JITTER,
        /// TCP segments sent again.
        RETRANSMITS,
        /// 95th percentile of the round trips under load, in milliseconds.
        LOADED_RTT_P95
    }
}
