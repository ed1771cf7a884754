package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;

/// Server settings, and this end's part in the tests of its clients.
///
/// @param port 0..65535 (`-p`); 0 lets the system choose a free one
/// @param local address to listen on, and resources
/// @param timeouts timeouts of this end; `connect` is ignored
/// @param interval report interval of this end
/// @param lifetime condition under which the server ends by itself
/// @param policy limits and authorization of tests
public record ServerConfig(
        int port,
        LocalBinding local,
        Timeouts timeouts,
        ReportInterval interval,
        Lifetime lifetime,
        ServerPolicy policy) {
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

    /// A server that accepts every test.
    public ServerConfig(int port, LocalBinding local, Timeouts timeouts, ReportInterval interval, Lifetime lifetime) {
        this(port, local, timeouts, interval, lifetime, ServerPolicy.OPEN);
    }

    /// Condition under which a server ends by itself.
    ///
    /// @param oneTest end after one test (`-1`); a second client that connects meanwhile is refused
    ///     as busy
    /// @param idle time without a test (`--idle-timeout`), 1..86400 s, or ZERO for no timeout.
    ///     After it a server with `oneTest` ends; any other reopens its listening socket
    public record Lifetime(boolean oneTest, Duration idle) {
        /// The server runs until it is closed.
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
