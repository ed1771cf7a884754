package dev.pitot.engine.server;

import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.wire.json.Parameters;

/// Check of a client's requested test, and its conversion into what the server will run.
final class RequestCheck {
    private RequestCheck() {}

    /// Returns the test as far as the server's sockets support it.
    ///
    /// @throws SessionFailure if it is rejected
    static TestConfig accepted(Parameters parameters, ServerConfig server, Session session) throws SessionFailure {
        Authorization authorization = server.policy().authorization();
        if (authorization != null) {
            Authorizer.check(
                    authorization,
                    parameters.authToken(),
                    session.context().wallClock().instant(),
                    session.eventDispatcher());
        }
        PolicyCheck.check(parameters.test(), server.policy());
        RequestedSocketOptions.check(
                parameters.test(), server, session.context().sockets());
        return RequestedSocketOptions.possible(
                parameters.test(), session.context().sockets());
    }
}
