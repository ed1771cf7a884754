package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Client settings.
///
/// @param server server to connect to; port 1..65535
/// @param test test parameters agreed with the server
/// @param local local address and resources
/// @param timeouts timeouts of this end
/// @param interval report interval of this end
/// @param credentials user name and password; null for a server without authentication
public record ClientConfig(
        Endpoint server,
        TestConfig test,
        LocalBinding local,
        Timeouts timeouts,
        ReportInterval interval,
        @Nullable Credentials credentials) {
    /// Reason why a probe never connects to the test's own server and port.
    public static final String PROBE_OF_SERVER =
            "the test's own server would take each connection for a client, and iperf3 before 3.10 would end the test:"
                    + " name another port, such as 22";

    /// @throws InvalidSettingException (error 26) if the server's port is 0
    /// @throws IllegalArgumentException if the probe's target is the server
    public ClientConfig {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(test, "test is null");
        Objects.requireNonNull(local, "local is null");
        Objects.requireNonNull(timeouts, "timeouts is null");
        Objects.requireNonNull(interval, "interval is null");
        if (server.port() == 0) {
            throw new InvalidSettingException(IperfError.PORT);
        }
        if (server.equals(test.metadata().probe().target())) {
            throw new IllegalArgumentException(
                    "no probe of " + server.host() + ":" + server.port() + ": " + PROBE_OF_SERVER);
        }
    }

    /// A client without credentials.
    public ClientConfig(
            Endpoint server, TestConfig test, LocalBinding local, Timeouts timeouts, ReportInterval interval) {
        this(server, test, local, timeouts, interval, null);
    }
}
