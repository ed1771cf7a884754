package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.io.IOException;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.Objects;

/// Authorization settings of a server that accepts only authenticated clients.
///
/// @param key private key that decrypts clients' tokens (`--rsa-private-key-path`)
/// @param users the authorized users (`--authorized-users-path`)
/// @param maxSkew largest accepted difference from a client's clock (`--time-skew-threshold`), more
///     than 0
/// @param acceptsPkcs1 whether tokens with PKCS #1 v1.5 padding are accepted in addition to OAEP
///     (`--use-pkcs1-padding`)
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

    /// Authorization with iperf's default clock skew and OAEP padding only.
    public Authorization(RSAPrivateKey key, Users users) {
        this(key, users, DEFAULT_SKEW, false);
    }

    /// Returns this authorization with another maximum clock skew, more than 0.
    public Authorization withMaxSkew(Duration value) {
        return new Authorization(key, users, value, acceptsPkcs1);
    }

    /// Returns this authorization with PKCS #1 v1.5 padding accepted or not.
    public Authorization withPkcs1(boolean value) {
        return new Authorization(key, users, maxSkew, value);
    }

    /// Omits the key.
    @Override
    public String toString() {
        return "Authorization[maxSkew=" + maxSkew + ", acceptsPkcs1=" + acceptsPkcs1 + "]";
    }

    /// Authorized users. Queried once per test, on the test's own thread, so changes take effect
    /// immediately.
    @FunctionalInterface
    public interface Users {
        /// True if the user is authorized with this password hash.
        ///
        /// @param hash SHA-256 of `{user}password` in lower-case hexadecimal (iperf_auth.c:
        ///     check_authentication)
        /// @throws IOException if the users cannot be read
        boolean know(String user, String hash) throws IOException;
    }
}
