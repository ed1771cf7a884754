package dev.pitot.message.probe;

import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// The end of pings. Exactly one holds.
public sealed interface ProbeLimit {
    /// After so many.
    ///
    /// @param pings 1..2^31-1
    record Count(int pings) implements ProbeLimit {
        /// @throws IllegalArgumentException if it is out of range
        public Count {
            if (pings < 1) {
                throw new IllegalArgumentException("pings < 1: " + pings);
            }
        }
    }

    /// After a time.
    ///
    /// @param length more than 0, 366 days at most
    record Time(Duration length) implements ProbeLimit {
        private static final Duration LONGEST = Duration.ofDays(366);

        /// @throws IllegalArgumentException if it is out of range
        public Time {
            check(length);
        }

        static void check(Duration length) {
            if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("length not in 0..366 days: " + ErrorText.of(length));
            }
        }
    }
}
