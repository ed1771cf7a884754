package dev.pitot.wire.auth;

import dev.pitot.model.text.SurrogateEscape;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a server's list of users holds in place of a password.
public final class PasswordHash {
    private PasswordHash() {}

    /// SHA-256 of `{user}password` in the bytes that they were given in (UTF-8 mostly), as 64 lower-case hexadecimal
    /// digits (iperf_auth.c:
    /// check_authentication).
    public static String of(String user, String password) {
        byte[] salted = SurrogateEscape.encode("{" + user + "}" + password);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(salted));
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }
}
