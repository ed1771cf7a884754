package dev.pitot.model.result;

/// The delay of each direction, as exchanges of time stamps between two clocks tell it. The change is known
/// whether the clocks agree or not; the delay itself only as well as their offset is.
public sealed interface OneWayDelay {
    /// Nothing is known.
    ///
    /// @param reason of that
    record Unknown(Reason reason) implements OneWayDelay {}

    /// The reason why nothing is known.
    enum Reason {
        /// There was no exchange whose times fit together.
        NO_SAMPLES,
        /// No offset and no skew up to 500 ppm fits all exchanges: a clock was set during the run.
        CLOCK_STEPPED
    }

    /// The delays of a run.
    ///
    /// @param offset remote clock less local at the first exchange, from all exchanges, skew removed
    /// @param skewPpm by how much the remote clock runs faster than the local one, in parts per million
    /// @param forward change from the local end to the remote one
    /// @param reverse change from the remote end to the local one
    /// @param boundNanos how far a change may be off: what the exchanges leave open of the skew, 0.2 ms for
    ///     jitter of the minima (or 15 ppm of the run, PHI of RFC 5905, if that is less), the clocks'
    ///     resolution, and the time by which no exchange was as fast as the two minima together. The last is
    ///     0 but for a path that is never idle in both directions, or a clock that was set by less than a
    ///     round trip; the two cannot be told apart
    record Measured(ClockOffset offset, double skewPpm, DelayChange forward, DelayChange reverse, long boundNanos)
            implements OneWayDelay {
        private static final double RISE_MICROS = 5_000; // a smaller rise is the best grade of a loaded path
        private static final double NANOS_PER_MICRO = 1e3;

        /// Returns the smallest delay of both directions together, without the remote end's own time.
        public long floorNanos() {
            return offset.upperNanos() - offset.lowerNanos();
        }

        /// Returns the directions whose change ([DelayChange#highMicros()]) is 5 ms or more, and above the
        /// bound.
        public QueueingDirection queueing() {
            Double ahead = forward.highMicros();
            Double back = reverse.highMicros();
            if (ahead == null || back == null) {
                return QueueingDirection.UNKNOWN;
            }
            boolean isForward = isRise(ahead);
            boolean isReverse = isRise(back);
            if (isForward) {
                return isReverse ? QueueingDirection.BOTH : QueueingDirection.FORWARD;
            }
            return isReverse ? QueueingDirection.REVERSE : QueueingDirection.NONE;
        }

        private boolean isRise(double micros) {
            return micros >= RISE_MICROS && micros > boundNanos / NANOS_PER_MICRO;
        }
    }
}
