package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tests that a server accepts, and their limits.
///
/// @param rateLimit limit for each test
/// @param maxDuration longest test including its warm-up (`--server-max-duration`), at most 86400
///     s; ZERO for no limit
/// @param authorization authorized users; null accepts everybody
public record ServerPolicy(
        RateLimit rateLimit, Duration maxDuration, @Nullable Authorization authorization) {
    private static final Duration MAX = Duration.ofSeconds(86_400); // iperf.h: MAX_TIME

    /// No restrictions.
    public static final ServerPolicy OPEN = new ServerPolicy(RateLimit.NONE, Duration.ZERO, null);

    /// @throws InvalidSettingException (error 5) if `maxDuration` is out of range
    public ServerPolicy {
        Objects.requireNonNull(rateLimit, "rateLimit is null");
        Objects.requireNonNull(maxDuration, "maxDuration is null");
        if (maxDuration.isNegative() || maxDuration.compareTo(MAX) > 0) {
            throw new InvalidSettingException(IperfError.DURATION);
        }
    }

    /// Limit of the total rate of all streams of a test, both directions added
    /// (`--server-bitrate-limit`).
    ///
    /// @param rate largest rate, or unlimited
    /// @param window averaging time, 0.1..60 s; ZERO checks only the rate that the client requests
    public record RateLimit(Bitrate rate, Duration window) {
        private static final Duration MIN_WINDOW = Duration.ofMillis(100); // iperf.h: MIN_INTERVAL
        private static final Duration MAX_WINDOW = Duration.ofSeconds(60); // iperf.h: MAX_INTERVAL

        /// No limit.
        public static final RateLimit NONE = new RateLimit(Bitrate.UNLIMITED, Duration.ofSeconds(5));

        /// @throws InvalidSettingException (error 28) if `window` is out of range
        public RateLimit {
            Objects.requireNonNull(rate, "rate is null");
            Objects.requireNonNull(window, "window is null");
            if (!window.isZero() && (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0)) {
                throw new InvalidSettingException(IperfError.RATE_INTERVAL);
            }
        }
    }

    /// Returns this policy with this rate limit for each test.
    public ServerPolicy withRateLimit(RateLimit value) {
        return new ServerPolicy(value, maxDuration, authorization);
    }

    /// Returns this policy with this maximum duration, at most 86400 s; ZERO for no limit.
    public ServerPolicy withMaxDuration(Duration value) {
        return new ServerPolicy(rateLimit, value, authorization);
    }

    /// Returns this policy with this authorization; null accepts everybody.
    public ServerPolicy withAuthorization(@Nullable Authorization value) {
        return new ServerPolicy(rateLimit, maxDuration, value);
    }
}
