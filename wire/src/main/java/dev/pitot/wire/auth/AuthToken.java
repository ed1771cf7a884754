package dev.pitot.wire.auth;

import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.ProviderException;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// Encrypted claim in a client's parameters: the text `user: …`, `pwd:  …`, `ts:   …`, encrypted
/// with the server's public key, in base64 (iperf_auth.c: encode_auth_setting,
/// decode_auth_setting). Padding is OAEP with SHA-1 and MGF1-SHA-1 (RFC 8017, 7.1), or PKCS #1 v1.5
/// (7.2) for compatibility with iperf before 3.17.
///
/// Decryption does not reveal why it failed, neither by its result nor, as far as Java allows, by
/// its time: an attacker who can distinguish wrong padding from wrong text can have any token
/// decrypted (CVE-2024-26306). In detail:
///
/// - Input that is obviously not a token, by its length or alphabet, is rejected immediately. This
///   reveals nothing that its sender does not know.
/// - The platform's RSA uses blinding, but the time of its arithmetic and of the conversion of the
///   result depends on the numbers.
/// - OAEP is decoded by the platform, which checks the whole block before it rejects one. Its
///   branches are not constant-time, and a rejection creates an exception. Valid padding cannot be
///   produced by chance, only by encrypting a known text.
/// - PKCS #1 v1.5 padding is removed here, without branches. Valid padding can be produced by
///   chance, so it is accepted only if enabled, and then both paddings are always tried. Wrong
///   padding yields an empty text that is parsed like any other.
/// - The text is parsed character by character. One that its sender did not choose fails at the
///   first.
public final class AuthToken {
    /// Largest key accepted for decryption, in bytes: 16384 bits, the limit of OpenSSL and Java.
    private static final int MAX_KEY_BYTES = 2048;

    private static final int MIN_KEY_BYTES = 64;

    private static final String OAEP = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final String PKCS1 = "RSA/ECB/PKCS1Padding";
    private static final String UNPADDED = "RSA/ECB/NoPadding";

    private AuthToken() {}

    /// Encrypts credentials with a time. No two tokens are equal.
    ///
    /// @throws InvalidSettingException (error 113) if the text is too long for the key, or the key
    ///     is unusable
    public static String seal(Credentials credentials, Instant now) {
        byte[] text = ClaimText.of(credentials.user(), credentials.password(), now);
        String padding = credentials.pkcs1() ? PKCS1 : OAEP;
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, padding, credentials.serverKey(), text);
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            int bits = credentials.serverKey().getModulus().bitLength();
            var refusal = new InvalidSettingException(
                    IperfError.SEND_PARAMETERS,
                    "user name and password are too long for the server's key of " + bits + " bits");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /// Decrypts an untrusted token. The caller checks the time, the user and the password.
    ///
    /// @param token any text
    /// @return null if it is not a token for this key, for whatever reason
    public static @Nullable Claim open(String token, Authorization authorization) {
        RSAPrivateKey key = authorization.key();
        byte[] sealed = sealed(token, (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE);
        if (sealed == null) {
            return null;
        }
        Claim claim = ClaimText.read(withoutOaep(sealed, key));
        if (authorization.acceptsPkcs1()) {
            Claim other = ClaimText.read(withoutPkcs1(sealed, key));
            return claim == null ? other : claim;
        }
        return claim;
    }

    private static byte @Nullable [] sealed(String token, int keyBytes) {
        if (keyBytes < MIN_KEY_BYTES || keyBytes > MAX_KEY_BYTES || token.length() != base64Length(keyBytes)) {
            return null;
        }
        try {
            byte[] sealed = Base64.getDecoder().decode(token);
            return sealed.length == keyBytes ? sealed : null;
        } catch (IllegalArgumentException _) { // not base64
            return null;
        }
    }

    private static int base64Length(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    private static byte[] withoutOaep(byte[] sealed, RSAPrivateKey key) {
        try {
            return crypt(Cipher.DECRYPT_MODE, OAEP, key, sealed);
        } catch (GeneralSecurityException | ProviderException _) { // the reason is not revealed
            return new byte[0];
        }
    }

    private static byte[] withoutPkcs1(byte[] sealed, RSAPrivateKey key) {
        try {
            byte[] block = crypt(Cipher.DECRYPT_MODE, UNPADDED, key, sealed);
            Pkcs1Padding.remove(block);
            return block;
        } catch (GeneralSecurityException | ProviderException _) { // the reason is not revealed
            return new byte[0];
        }
    }

    private static byte[] crypt(int mode, String transformation, Key key, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(mode, key);
        return cipher.doFinal(input);
    }
}
