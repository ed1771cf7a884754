package dev.pitot.cli.run;

import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Picks the socket family that `--socket` names.
final class SocketFamilyOption {
    private SocketFamilyOption() {}

    /// @param name null for the best that this system has
    /// @throws IOException with a sentence for people, if it does not work here
    static SocketFamily named(@Nullable String name) throws IOException {
        try {
            return name == null ? SocketFamilies.best() : SocketFamilies.named(name);
        } catch (IllegalStateException e) { // the documented answer of a family that this system lacks
            throw new IOException("error - " + e.getMessage(), e);
        }
    }

    /// What a person is told when a family cannot do what an option asks for.
    ///
    /// @param refusal the engine's, whose message names the option
    static IOException refused(IllegalArgumentException refusal) {
        return new IOException("parameter error - " + refusal.getMessage(), refusal);
    }
}
