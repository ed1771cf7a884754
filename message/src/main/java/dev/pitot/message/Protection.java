package dev.pitot.message;

import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import org.jspecify.annotations.Nullable;

/// Protection of messages against reading and forging; docs/security.md says what each one protects.
public sealed interface Protection {
    /// No protection.
    record None() implements Protection {}

    /// DTLS 1.2: an endpoint with this never communicates without it.
    ///
    /// @param identity certificate and key of this end; null only for clients that servers do not ask
    /// @param trust peers that are accepted
    record Dtls(@Nullable Identity identity, Trust trust) implements Protection {}
}
