package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// The offset of two clocks, remote less local, as far as exchanges between them tell: it lies between the
/// two, however unlike the two directions of the path are (Cristian 1989). That is θ ± δ/2 of RFC 5905
/// section 8.
///
/// @param lowerNanos the smallest offset that is possible
/// @param upperNanos the largest
public record ClockOffset(long lowerNanos, long upperNanos) {
    /// @throws IllegalArgumentException if the upper bound is below the lower
    public ClockOffset {
        if (upperNanos < lowerNanos) {
            throw new IllegalArgumentException("no offset lies in " + lowerNanos + ".." + upperNanos + " ns");
        }
    }

    /// Returns what one exchange tells; each time in nanoseconds of the clock that is named.
    ///
    /// @param sent by the local clock, when the request left
    /// @param received by the remote clock, when it came
    /// @param answered by the remote clock, when the answer left
    /// @param returned by the local clock, when it came
    /// @return null if the times contradict each other: the remote end had it for longer than it was away
    public static @Nullable ClockOffset of(long sent, long received, long answered, long returned) {
        return between(answered - returned, received - sent);
    }

    /// Returns the offsets that both admit (Marzullo 1984).
    ///
    /// @return null if there are none: a clock was set in between, or one of the two is wrong
    public @Nullable ClockOffset intersect(ClockOffset other) {
        return between(Math.max(lowerNanos, other.lowerNanos), Math.min(upperNanos, other.upperNanos));
    }

    private static @Nullable ClockOffset between(long lowerNanos, long upperNanos) {
        return upperNanos < lowerNanos ? null : new ClockOffset(lowerNanos, upperNanos);
    }

    /// Returns the middle, which is right if both directions take equally long.
    public long nanos() {
        return lowerNanos + boundNanos();
    }

    /// Returns how far the offset may be from the middle, 0 or more.
    public long boundNanos() {
        return (upperNanos - lowerNanos) / 2;
    }
}
