package dev.pitot.wire.auth;

import dev.pitot.model.text.SurrogateEscape;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Password hash in a server's list of users.
public final class PasswordHash {
    private PasswordHash() {}

    /// Returns SHA-256 of `{user}password` in its original bytes (usually UTF-8), as 64 lower-case
    /// hexadecimal digits (iperf_auth.c: check_authentication).
    public static String of(String user, String password) {
        byte[] salted = SurrogateEscape.encode("{" + user + "}" + password);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(salted));
        } catch (NoSuchAlgorithmException e) { // every Java platform has SHA-256
            throw new IllegalStateException(e);
        }
    }
}
