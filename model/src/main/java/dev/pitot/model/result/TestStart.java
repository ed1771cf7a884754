package dev.pitot.model.result;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import java.time.Instant;

/// Start of a test, known once both ends have agreed on its parameters.
///
/// @param role role of this end
/// @param peer on a client, the server as given; on a server, the address of the client's control
///     connection
/// @param cookie 36 characters that identify the test at both ends
/// @param time time at which the parameters were agreed
/// @param controlMss MSS of the control connection in bytes; 0 if unknown
/// @param setup agreed parameters, and this end's report interval
public record TestStart(TestRole role, Endpoint peer, String cookie, Instant time, int controlMss, Setup setup) {

    /// Setup of the test at this end.
    ///
    /// @param config parameters agreed by both ends
    /// @param interval report interval of this end
    public record Setup(TestConfig config, ReportInterval interval) {}

    /// The test that both ends agreed on.
    public TestConfig config() {
        return setup.config();
    }
}
