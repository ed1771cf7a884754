package dev.pitot.wire.json;

import dev.pitot.model.config.TestConfig;
import dev.pitot.wire.control.ProtocolExtension;
import org.jspecify.annotations.Nullable;

/// What a client asks for.
///
/// @param test as both ends agree on it
/// @param authToken who the client is, as it travels, see [dev.pitot.wire.auth.AuthToken]; null if
///     it does not say
/// @param extension of the protocol that the client offers, as far as this end knows it
public record Parameters(TestConfig test, @Nullable String authToken, ProtocolExtension extension) {
    /// Without the token, which opens the server to whoever repeats it soon enough.
    @Override
    public String toString() {
        return "Parameters[test=" + test + ", authToken=" + (authToken == null ? "absent" : "present") + ", extension="
                + extension + "]";
    }
}
