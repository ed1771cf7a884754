package dev.pitot.metrics.push;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Text of request headers: validation, and encoding of credentials.
final class HeaderText {
    private HeaderText() {}

    /// True if a text is a valid header value; a line break would start another header.
    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /// Returns the value of the `Authorization` header; empty without credentials.
    static String authorization(PushCredentials credentials) {
        return switch (credentials) {
            case PushCredentials.None _ -> "";
            case PushCredentials.Bearer(String token) -> "Bearer " + token;
            case PushCredentials.Basic(String user, String password) -> {
                byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
                yield "Basic " + Base64.getEncoder().encodeToString(both);
            }
        };
    }
}
