package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.io.IOException;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.Objects;

/// How a server decides whom to let in.
///
/// @param key opens what clients sealed (`--rsa-private-key-path`)
/// @param users who is known (`--authorized-users-path`)
/// @param maxSkew by how much a client's clock may differ (`--time-skew-threshold`), more than 0
/// @param acceptsPkcs1 whether tokens with PKCS #1 v1.5 padding are opened besides those with
///     OAEP (`--use-pkcs1-padding`)
public record Authorization(RSAPrivateKey key, Users users, Duration maxSkew, boolean acceptsPkcs1) {
    /// iperf_api.h: DEFAULT_SKEW_THRESHOLD.
    public static final Duration DEFAULT_SKEW = Duration.ofSeconds(10);

    /// @throws InvalidSettingException (error 29) if `maxSkew` is not positive
    public Authorization {
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(users, "users is null");
        if (maxSkew.isNegative() || maxSkew.isZero()) {
            throw new InvalidSettingException(IperfError.SKEW_THRESHOLD);
        }
    }

    /// Authorization with iperf's bound for the difference of clocks, and OAEP padding alone.
    public Authorization(RSAPrivateKey key, Users users) {
        this(key, users, DEFAULT_SKEW, false);
    }

    /// This authorization with another bound for the difference of clocks, more than 0.
    public Authorization withMaxSkew(Duration value) {
        return new Authorization(key, users, value, acceptsPkcs1);
    }

    /// This authorization accepting tokens with PKCS #1 v1.5 padding too, or not.
    public Authorization withPkcs1(boolean value) {
        return new Authorization(key, users, maxSkew, value);
    }

    /// Without the key.
    @Override
    public String toString() {
        return "Authorization[maxSkew=" + maxSkew + ", acceptsPkcs1=" + acceptsPkcs1 + "]";
    }

    /// Who is known. Asked once per test, on the test's own thread, so that a change counts at
    /// once.
    @FunctionalInterface
    public interface Users {
        /// Whether the user is known by this hash.
        ///
        /// @param hash SHA-256 of `{user}password` in lower-case hexadecimal (iperf_auth.c:
        ///     check_authentication)
        /// @throws IOException if it cannot be found out
        boolean know(String user, String hash) throws IOException;
    }
}
