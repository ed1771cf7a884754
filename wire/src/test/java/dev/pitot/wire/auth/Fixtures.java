package dev.pitot.wire.auth;

import dev.pitot.model.config.Authorization;
import dev.pitot.testkit.GoldenFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Objects;

/// Keys that openssl made. Those of [GoldenFiles] are the ones that recorded sessions used; the
/// files `pkcs1-*`, `encrypted-*`, `openssh-*` and `certificate` of `/keys` hold the same key in
/// other forms.
final class Fixtures {
    private static final String GOLDEN = "/golden/";

    private Fixtures() {}

    /// @param resource begins with `/golden/` for a file of [GoldenFiles]
    static String text(String resource) {
        if (resource.startsWith(GOLDEN)) {
            return GoldenFiles.text(resource.substring(GOLDEN.length()));
        }
        try (InputStream file = Fixtures.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RSAPrivateKey privateKey(String resource) {
        try {
            return PemKeys.privateKey(text(resource));
        } catch (InvalidKeySpecException e) {
            throw new AssertionError(resource, e);
        }
    }

    /// The public half of a key.
    static RSAPublicKey publicKey(RSAPrivateKey key) {
        BigInteger exponent = ((RSAPrivateCrtKey) key).getPublicExponent();
        try {
            return (RSAPublicKey)
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), exponent));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new AssertionError(e);
        }
    }

    static Authorization authorization(RSAPrivateKey key, boolean acceptsPkcs1) {
        return new Authorization(key, (_, _) -> false, Authorization.DEFAULT_SKEW, acceptsPkcs1);
    }
}
