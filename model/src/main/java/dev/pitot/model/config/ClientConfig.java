package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a client takes part in a test.
///
/// @param server whom to connect to, at a port in 1..65535
/// @param test what both ends agree on
/// @param local where own sockets are bound
/// @param timeouts how long to wait
/// @param interval how often to report
/// @param credentials who the client says it is; null towards a server that lets everybody in
public record ClientConfig(
        Endpoint server,
        TestConfig test,
        LocalEnd local,
        Timeouts timeouts,
        ReportInterval interval,
        @Nullable Credentials credentials) {
    /// @throws InvalidSettingException (error 26) if the server's port is 0
    public ClientConfig {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(test, "test is null");
        Objects.requireNonNull(local, "local is null");
        Objects.requireNonNull(timeouts, "timeouts is null");
        Objects.requireNonNull(interval, "interval is null");
        if (server.port() == 0) {
            throw new InvalidSettingException(IperfError.PORT);
        }
    }

    /// A client that need not say who it is.
    public ClientConfig(Endpoint server, TestConfig test, LocalEnd local, Timeouts timeouts, ReportInterval interval) {
        this(server, test, local, timeouts, interval, null);
    }
}
