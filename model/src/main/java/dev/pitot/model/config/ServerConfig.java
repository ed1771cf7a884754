package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;

/// How a server listens and how it takes part in the tests that clients bring.
///
/// @param port 0..65535 (`-p`); 0 asks the system for a free one
/// @param local where to listen
/// @param timeouts how long to wait; `connect` is ignored
/// @param interval how often to report
/// @param lifetime when the server ends by itself
/// @param policy which tests it lets in
public record ServerConfig(
        int port, LocalEnd local, Timeouts timeouts, ReportInterval interval, Lifetime lifetime, ServerPolicy policy) {
    private static final int MAX_PORT = 65_535;

    /// @throws InvalidSettingException (error 26) if `port` is out of range
    public ServerConfig {
        Objects.requireNonNull(local, "local is null");
        Objects.requireNonNull(timeouts, "timeouts is null");
        Objects.requireNonNull(interval, "interval is null");
        Objects.requireNonNull(lifetime, "lifetime is null");
        Objects.requireNonNull(policy, "policy is null");
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidSettingException(IperfError.PORT);
        }
    }

    /// A server that lets every test in.
    public ServerConfig(int port, LocalEnd local, Timeouts timeouts, ReportInterval interval, Lifetime lifetime) {
        this(port, local, timeouts, interval, lifetime, ServerPolicy.OPEN);
    }

    /// When a server ends by itself.
    ///
    /// @param oneTest after one test (`-1`); a second client that comes meanwhile is told that
    ///     the server is busy
    /// @param idle without a test (`--idle-timeout`), 1..86400 s, or ZERO for never. A server of
    ///     one test ends; another opens its listener anew
    public record Lifetime(boolean oneTest, Duration idle) {
        /// Until it is closed.
        public static final Lifetime UNLIMITED = new Lifetime(false, Duration.ZERO);

        private static final Duration MIN = Duration.ofSeconds(1);
        private static final Duration MAX = Duration.ofSeconds(86_400); // iperf.h: MAX_TIME

        /// @throws InvalidSettingException (error 30) if `idle` is out of range
        public Lifetime {
            Objects.requireNonNull(idle, "idle is null");
            if (!idle.isZero() && (idle.compareTo(MIN) < 0 || idle.compareTo(MAX) > 0)) {
                throw new InvalidSettingException(IperfError.IDLE_TIMEOUT);
            }
        }
    }
}
