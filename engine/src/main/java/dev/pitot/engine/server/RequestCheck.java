package dev.pitot.engine.server;

import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.wire.json.Parameters;

/// Whether a server carries out the test that a client wants, and what it makes of it.
final class RequestCheck {
    private RequestCheck() {}

    /// The test as far as the server's sockets can do it.
    ///
    /// @throws SessionFailure if the client may not have it
    static TestConfig accepted(Parameters parameters, ServerConfig server, Session session) throws SessionFailure {
        Authorization authorization = server.policy().authorization();
        if (authorization != null) {
            Authorizer.check(
                    authorization,
                    parameters.authToken(),
                    session.surroundings().wallClock().instant(),
                    session.announcer());
        }
        PolicyCheck.check(parameters.test(), server.policy());
        ClientWishes.check(parameters.test(), server, session.surroundings().sockets());
        return ClientWishes.possible(parameters.test(), session.surroundings().sockets());
    }
}
