package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;

/// When a test ends. Exactly one limit holds. Only the client ends a test.
public sealed interface Limit {
    /// iperf's `-t`: after so much time, not counting the omitted seconds.
    ///
    /// @param length more than 0, at most 86400 s (iperf.h: MAX_TIME); the wire carries whole
    /// seconds
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

    /// iperf's `-n`: after so many bytes in each direction, summed over its streams.
    ///
    /// @param count more than 0
    record ForBytes(long count) implements Limit {
        /// @throws IllegalArgumentException if out of range
        public ForBytes {
            if (count <= 0) {
                throw new IllegalArgumentException("count <= 0: " + count);
            }
        }
    }

    /// iperf's `-k`: after so many blocks in each direction, summed over its streams.
    ///
    /// @param count more than 0
    record ForBlocks(long count) implements Limit {
        /// @throws IllegalArgumentException if out of range
        public ForBlocks {
            if (count <= 0) {
                throw new IllegalArgumentException("count <= 0: " + count);
            }
        }
    }

    /// iperf's `-t 0`: until somebody stops it.
    record Endless() implements Limit {}
}
