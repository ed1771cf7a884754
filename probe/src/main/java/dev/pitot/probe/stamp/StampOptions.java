package dev.pitot.probe.stamp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What both ends of STAMP are told.
///
/// @param format of the timestamps that this end writes; it reads both
/// @param key of the authenticated mode; null for open packets
/// @param clockError how far this machine's clock is from UTC at most, 1 ns..1 h; null if nothing keeps it
///     there, which packets then say (S = 0)
public record StampOptions(
        StampTimeFormat format,
        @Nullable StampKey key,
        @Nullable Duration clockError) {
    /// Open packets with NTP's timestamps, of a clock that nobody vouches for.
    public static final StampOptions DEFAULT = new StampOptions(StampTimeFormat.NTP, null, null);

    /// The well-known port, which needs a privilege on most systems.
    public static final int PORT = 862;

    private static final long RESOLUTION_NANOS = 1_000; // of Java's time of day on Linux, rounded up

    /// @throws IllegalArgumentException if the error is out of range
    public StampOptions {
        if (clockError != null && (!clockError.isPositive() || clockError.compareTo(Duration.ofHours(1)) > 0)) {
            throw new IllegalArgumentException("clock error not in 1 ns..1 h: " + clockError);
        }
    }

    /// Returns what packets say of the clock: without synchronization only how finely it counts.
    ErrorEstimate estimate() {
        return clockError == null
                ? ErrorEstimate.of(false, format, RESOLUTION_NANOS)
                : ErrorEstimate.of(true, format, clockError.toNanos());
    }
}
