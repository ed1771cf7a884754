package dev.pitot.message.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/// The SHA-256 of a public key (its SubjectPublicKeyInfo, as RFC 7469, section 2.4, pins it). It
/// stays the same when a certificate is renewed with the same key. It is no secret. Immutable.
public final class Fingerprint {
    private static final String PREFIX = "sha256:";
    private static final int BYTES = 32;

    private final byte[] digest;

    private Fingerprint(byte[] digest) {
        this.digest = digest;
    }

    /// Reads 64 hexadecimal digits, with or without `sha256:` before and colons between, as
    /// [#toString()] and `openssl` write them.
    ///
    /// @throws IllegalArgumentException with a sentence, if it is anything else
    public static Fingerprint parse(String text) {
        String digits = (text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text).replace(":", "");
        if (digits.length() != 2 * BYTES || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "a fingerprint is 64 hexadecimal digits, the SHA-256 of a public key, not " + text);
        }
        return new Fingerprint(HexFormat.of().parseHex(digits));
    }

    /// Returns the fingerprint of a key.
    public static Fingerprint of(PublicKey key) {
        try {
            return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    /// Takes the same time whatever the other is.
    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && MessageDigest.isEqual(digest, fingerprint.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /// `sha256:` and 64 hexadecimal digits.
    @Override
    public String toString() {
        return PREFIX + HexFormat.of().formatHex(digest);
    }
}
