package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which tests a server lets in, and how far it lets them go.
///
/// @param rateLimit of each test
/// @param maxDuration longest test including its warm-up (`--server-max-duration`), at most 86400
///     s; ZERO for any
/// @param authorization whom to let in; null for everybody
public record ServerPolicy(
        RateLimit rateLimit, Duration maxDuration, @Nullable Authorization authorization) {
    private static final Duration MAX = Duration.ofSeconds(86_400); // iperf.h: MAX_TIME

    /// Everything goes.
    public static final ServerPolicy OPEN = new ServerPolicy(RateLimit.NONE, Duration.ZERO, null);

    /// @throws InvalidSettingException (error 5) if `maxDuration` is out of range
    public ServerPolicy {
        Objects.requireNonNull(rateLimit, "rateLimit is null");
        Objects.requireNonNull(maxDuration, "maxDuration is null");
        if (maxDuration.isNegative() || maxDuration.compareTo(MAX) > 0) {
            throw new InvalidSettingException(IperfError.DURATION);
        }
    }

    /// How much all streams of a test may move together, both directions counted
    /// (`--server-bitrate-limit`).
    ///
    /// @param rate unlimited for any
    /// @param window over which the rate is averaged, 0.1..60 s; ZERO checks what clients ask for
    ///     and nothing else
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

    /// This policy with this limit of each test's rate.
    public ServerPolicy withRateLimit(RateLimit value) {
        return new ServerPolicy(value, maxDuration, authorization);
    }

    /// This policy with this longest test, at most 86400 s; ZERO for any.
    public ServerPolicy withMaxDuration(Duration value) {
        return new ServerPolicy(rateLimit, value, authorization);
    }

    /// This policy with this authorization; null lets everybody in.
    public ServerPolicy withAuthorization(@Nullable Authorization value) {
        return new ServerPolicy(rateLimit, maxDuration, value);
    }
}
