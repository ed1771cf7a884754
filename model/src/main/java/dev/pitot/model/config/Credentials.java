package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;

/// Credentials of a client for a server that requires authentication.
///
/// @param user without white space (`--username`)
/// @param password without white space
/// @param serverKey the server's public key (`--rsa-public-key-path`)
/// @param pkcs1 whether to use PKCS #1 v1.5 padding, which iperf before 3.17 needs, instead of
///     OAEP (`--use-pkcs1-padding`)
public record Credentials(String user, String password, RSAPublicKey serverKey, boolean pkcs1) {
    /// Characters that C's isspace accepts, as iperf's scanf does.
    private static final String WHITE_SPACE = " \t\n\u000b\f\r";

    /// @throws InvalidSettingException (error 22) if user or password is empty or contains white
    ///     space, which would end the field in a token (iperf_auth.c: decode_auth_setting)
    public Credentials {
        Objects.requireNonNull(user, "user is null");
        Objects.requireNonNull(password, "password is null");
        Objects.requireNonNull(serverKey, "serverKey is null");
        if (!isWord(user) || !isWord(password)) {
            throw new InvalidSettingException(IperfError.CLIENT_AUTH);
        }
    }

    /// Credentials with OAEP padding, which iperf since 3.17 expects.
    ///
    /// @throws InvalidSettingException (error 22) if user or password is empty or contains white
    ///     space
    public Credentials(String user, String password, RSAPublicKey serverKey) {
        this(user, password, serverKey, false);
    }

    /// Returns these credentials with PKCS #1 v1.5 or with OAEP padding.
    public Credentials withPkcs1(boolean value) {
        return new Credentials(user, password, serverKey, value);
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> WHITE_SPACE.indexOf(c) >= 0);
    }

    /// Omits the password.
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", pkcs1=" + pkcs1 + "]";
    }
}
