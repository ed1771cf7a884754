package dev.pitot.message.accounting;

import dev.pitot.message.channel.Metrics.Latency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Smooths round-trip times as RFC 6298, section 2, and RFC 9002, section 5.3; nanoseconds. One thread.
public final class RttEstimator {
    private long smoothed;
    private long variation;
    private long min = -1;

    /// @param initial round-trip time that is assumed before the first sample (RFC 9002, 6.2.2)
    public RttEstimator(long initial) {
        smoothed = initial;
        variation = initial / 2;
    }

    /// Takes a sample.
    ///
    /// @param nanos measured, 0 or more
    /// @param delay part of them for which the peer held its answer back, as it says; ignored in the first sample,
    ///     and where it would bring the rest below the smallest sample (RFC 9002, 5.3)
    public void sample(long nanos, long delay) {
        if (!isKnown()) {
            min = nanos;
            smoothed = nanos;
            variation = nanos / 2;
            return;
        }
        min = Math.min(min, nanos);
        long adjusted = nanos - min >= delay ? nanos - delay : nanos;
        variation += (Math.abs(smoothed - adjusted) - variation) / 4;
        smoothed += (adjusted - smoothed) / 8;
    }

    /// True from the first sample on.
    public boolean isKnown() {
        return min >= 0;
    }

    /// Returns the smoothed round-trip time (SRTT).
    public long smoothed() {
        return smoothed;
    }

    /// Returns the smoothed deviation from it (RTTVAR).
    public long variation() {
        return variation;
    }

    /// Returns what is measured, or null before the first sample.
    public @Nullable Latency metrics() {
        return isKnown()
                ? new Latency(Duration.ofNanos(smoothed), Duration.ofNanos(variation), Duration.ofNanos(min))
                : null;
    }
}
