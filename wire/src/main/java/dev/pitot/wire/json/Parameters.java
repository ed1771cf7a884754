package dev.pitot.wire.json;

import dev.pitot.model.config.TestConfig;
import org.jspecify.annotations.Nullable;

/// What a client asks for.
///
/// @param test as both ends agree on it
/// @param authToken who the client is, as it arrived, see [dev.pitot.wire.auth.AuthToken#open];
///     null if it did not say
public record Parameters(TestConfig test, @Nullable String authToken) {
    /// Without the token, which opens the server to whoever repeats it soon enough.
    @Override
    public String toString() {
        return "Parameters[test=" + test + ", authToken=" + (authToken == null ? "absent" : "present") + "]";
    }
}
