package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;

/// End condition of a test. Exactly one applies. Only the client ends a test.
public sealed interface Limit {
    /// Duration (`-t`), not counting the omitted seconds.
    ///
    /// @param length more than 0, at most 86400 s (iperf.h: MAX_TIME); only whole seconds are sent
    ///     to the server
    record ForDuration(Duration length) implements Limit {
        private static final Duration MAX = Duration.ofSeconds(86_400);

        /// @throws InvalidSettingException (error 5) if out of range
        public ForDuration {
            Objects.requireNonNull(length, "length is null");
            if (length.isNegative() || length.isZero() || length.compareTo(MAX) > 0) {
                throw new InvalidSettingException(IperfError.DURATION);
            }
        }
    }

    /// Number of bytes in each direction, summed over its streams (`-n`).
    record ForBytes(long count) implements Limit {
        /// @throws IllegalArgumentException if out of range
        public ForBytes {
            if (count <= 0) {
                throw new IllegalArgumentException("count <= 0: " + count);
            }
        }
    }

    /// Number of blocks in each direction, summed over its streams (`-k`).
    record ForBlocks(long count) implements Limit {
        /// @throws IllegalArgumentException if out of range
        public ForBlocks {
            if (count <= 0) {
                throw new IllegalArgumentException("count <= 0: " + count);
            }
        }
    }

    /// No limit: the test runs until it is stopped (`-t 0`).
    record Endless() implements Limit {}
}
