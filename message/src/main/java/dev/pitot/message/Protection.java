package dev.pitot.message;

import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import org.jspecify.annotations.Nullable;

/// How an endpoint keeps others from reading and forging its messages; docs/security.md says what
/// each way protects.
public sealed interface Protection {
    /// Not at all.
    record None() implements Protection {}

    /// DTLS 1.2, with whoever does the same: an endpoint that has this never speaks without.
    ///
    /// @param identity what this end shows of itself; null only for clients that servers do not
    ///     ask
    /// @param trust whom it believes
    record Dtls(@Nullable Identity identity, Trust trust) implements Protection {}
}
