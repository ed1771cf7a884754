package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// Timing of TCP's retransmissions against the round-trip time, over periodic readings of one direction.
///
/// @param readings number of readings
/// @param lossReadings readings since whose predecessor segments were retransmitted
/// @param inflatedReadings those of `lossReadings` in which a queue was filled: the round-trip time was
///     above 1.3 times the lowest, and at least a millisecond above it (1.3: "An Internet-wide analysis of
///     traffic policing", SIGCOMM 2016)
/// @param policer token bucket that would explain the losses; null with fewer than 15 loss readings
public record LossTiming(
        int readings,
        int lossReadings,
        int inflatedReadings,
        @Nullable TokenBucket policer) {
    /// Share of the loss readings in which a queue was filled, 0..1; 0 without losses.
    public double inflatedShare() {
        return lossReadings == 0 ? 0 : (double) inflatedReadings / lossReadings;
    }

    /// Token bucket of a policer.
    ///
    /// @param bitsPerSecond rate between the first and the last loss
    /// @param emptyShare share of the loss readings at which the bucket was nearly empty, 0..1
    /// @param filledShare share of the readings without loss at which the bucket was not empty, 0..1
    public record TokenBucket(double bitsPerSecond, double emptyShare, double filledShare) {}
}
