package dev.pitot.message.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of pings.
///
/// @param roundTrips null if no answer came
/// @param length from the first ping's time to the end of sending
/// @param brokenOff why the connection ended before its time; null if it did not
public record PingResult(
        Counts counts,
        @Nullable RoundTrips roundTrips,
        Duration length,
        @Nullable String brokenOff) {
    /// Numbers of pings. `sent` is `answered`, `lost` and `pending` together.
    ///
    /// @param sent pings that have left this end, and not those that still waited in the end
    /// @param answered pings, each once
    /// @param lost pings whose answer did not come in the time that it was waited for, or cannot come: the
    ///     connection timed out, or the server does not know it any more
    /// @param pending pings whose answer may still have been on its way at the end
    /// @param duplicates answers that came again
    /// @param outOfOrder answers that came after one of a later ping
    public record Counts(long sent, long answered, long lost, long pending, long duplicates, long outOfOrder) {
        /// Returns the share of lost pings among those that are not pending.
        ///
        /// @return 0..1; null if there are none
        public @Nullable Double lossShare() {
            long known = answered + lost;
            return known == 0 ? null : (double) lost / known;
        }
    }

    /// Round-trip times, each from the moment at which its ping should have been sent: `min` and `max` exactly, the
    /// others in three digits; 60 s stand for whatever is longer.
    public record RoundTrips(Duration min, Duration p50, Duration p90, Duration p99, Duration p999, Duration max) {}
}
