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

/// The message that says to a server what test this shall be, and who asks for it.
final class ParametersMessage {
    private ParametersMessage() {}

    /// Sends it.
    ///
    /// @param credentials for a server that lets in only whom it knows, or null
    static void send(TestConfig test, @Nullable Credentials credentials, Session session) throws SessionFailure {
        String token = token(credentials, session.surroundings().wallClock().instant());
        var parameters = new Parameters(test, token, ProtocolExtension.LATEST);
        session.send(ControlEncoder.frame(ParametersJson.write(parameters)), IperfError.SEND_PARAMETERS);
        session.debug("send_parameters: " + ParametersJson.write(test, null)); // a token is nobody's business
    }

    private static @Nullable String token(@Nullable Credentials credentials, Instant now) throws SessionFailure {
        try {
            return credentials == null ? null : AuthToken.seal(credentials, now);
        } catch (InvalidSettingException e) { // longer than the server's key can seal
            throw SessionFailure.of(e.error(), e.detail(), e);
        }
    }
}
