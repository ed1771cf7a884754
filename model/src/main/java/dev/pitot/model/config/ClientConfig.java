package dev.pitot.model.config;

/// How a client takes part in a test.
///
/// @param server whom to connect to
/// @param test what both ends agree on
/// @param local where own sockets are bound
/// @param timeouts how long to wait
/// @param interval how often to report
public record ClientConfig(
        Endpoint server, TestConfig test, LocalEnd local, Timeouts timeouts, ReportInterval interval) {}
