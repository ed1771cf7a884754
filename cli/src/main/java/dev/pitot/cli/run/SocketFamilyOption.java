package dev.pitot.cli.run;

import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Selects the socket family of `--socket`.
final class SocketFamilyOption {
    private SocketFamilyOption() {}

    /// @param name null for the best that this system has
    /// @throws IOException with a message for users, if it is not available here
    static SocketFamily named(@Nullable String name) throws IOException {
        try {
            return name == null ? SocketFamilies.best() : SocketFamilies.named(name);
        } catch (IllegalStateException e) { // documented for a family that this system lacks
            throw new IOException("error - " + e.getMessage(), e);
        }
    }

    /// Converts the engine's error about an unsupported option to one for users.
    ///
    /// @param refusal the engine's, whose message names the option
    static IOException refused(IllegalArgumentException refusal) {
        return new IOException("parameter error - " + refusal.getMessage(), refusal);
    }
}
