package dev.pitot.wire.json;

import dev.pitot.model.config.TestConfig;
import dev.pitot.wire.control.ProtocolExtension;
import org.jspecify.annotations.Nullable;

/// Parameters that a client requests.
///
/// @param test test parameters agreed by both ends
/// @param authToken encrypted identity of the client, see [dev.pitot.wire.auth.AuthToken]; null if
///     absent
/// @param extension protocol extension that the client offers, as far as this end knows it
public record Parameters(TestConfig test, @Nullable String authToken, ProtocolExtension extension) {
    /// Omits the token, which could be replayed while it is valid.
    @Override
    public String toString() {
        return "Parameters[test=" + test + ", authToken=" + (authToken == null ? "absent" : "present") + ", extension="
                + extension + "]";
    }
}
