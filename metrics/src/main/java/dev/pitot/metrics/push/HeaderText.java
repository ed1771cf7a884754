package dev.pitot.metrics.push;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What may stand in a request's headers, and how credentials stand there.
final class HeaderText {
    private HeaderText() {}

    /// Whether a text is one header's; a line break would begin another one.
    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /// The header `Authorization`; empty for nobody.
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
