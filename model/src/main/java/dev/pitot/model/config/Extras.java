package dev.pitot.model.config;

import org.jspecify.annotations.Nullable;

/// What travels along with a test without changing how it measures.
///
/// @param title prefix of the client's lines and a key in both ends' JSON (`-T`)
/// @param extraData a key in both ends' JSON (`--extra-data`)
/// @param serverOutput whether the server shall send its own output back (`--get-server-output`)
/// @param clientVersion what the client calls itself; null where it did not say
public record Extras(
        @Nullable String title,
        @Nullable String extraData,
        boolean serverOutput,
        @Nullable String clientVersion) {
    public static final Extras NONE = new Extras(null, null, false, null);
}
