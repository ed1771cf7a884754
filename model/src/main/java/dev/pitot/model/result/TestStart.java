package dev.pitot.model.result;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import java.time.Instant;

/// What is known of a test once both ends agree on its parameters.
///
/// @param role which end this is
/// @param peer on a client the server as it was named; on a server the address of the client's
/// control connection
/// @param cookie 36 characters that name the test on both ends
/// @param time when the parameters were agreed
/// @param controlMss segment size of the control connection in bytes; 0 where it is unknown
/// @param setup what was agreed, and how often this end reports
public record TestStart(TestRole role, Endpoint peer, String cookie, Instant time, int controlMss, Setup setup) {

    /// How the test is set up at this end.
    ///
    /// @param config what both ends agreed on
    /// @param interval how often this end reports
    public record Setup(TestConfig config, ReportInterval interval) {}

    /// The test that both ends agreed on.
    public TestConfig config() {
        return setup.config();
    }
}
