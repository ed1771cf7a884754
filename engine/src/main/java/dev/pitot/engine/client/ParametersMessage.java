package dev.pitot.engine.client;

import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.wire.auth.AuthToken;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.json.Parameters;
import dev.pitot.wire.json.ParametersJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Message with the test's parameters and the client's credentials.
final class ParametersMessage {
    private ParametersMessage() {}

    /// Sends the message.
    ///
    /// @param credentials for a server that requires authentication, or null
    static void send(TestConfig test, @Nullable Credentials credentials, Session session) throws SessionFailure {
        String token = token(credentials, session.context().wallClock().instant());
        var parameters = new Parameters(test, token, ProtocolExtension.LATEST);
        session.send(ControlEncoder.frame(ParametersJson.write(parameters)), IperfError.SEND_PARAMETERS);
        session.debug("send_parameters: " + ParametersJson.write(test, null)); // the token is secret
    }

    private static @Nullable String token(@Nullable Credentials credentials, Instant now) throws SessionFailure {
        try {
            return credentials == null ? null : AuthToken.seal(credentials, now);
        } catch (InvalidSettingException e) { // longer than the server's key can encrypt
            throw SessionFailure.of(e.error(), e.detail(), e);
        }
    }
}
