package dev.pitot.model.config;

import org.jspecify.annotations.Nullable;

/// How a client takes part in a test.
///
/// @param server whom to connect to
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
    /// A client that need not say who it is.
    public ClientConfig(Endpoint server, TestConfig test, LocalEnd local, Timeouts timeouts, ReportInterval interval) {
        this(server, test, local, timeouts, interval, null);
    }
}
