package dev.pitot.wire.auth;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// RSA keys from the text of PEM files (RFC 7468) as openssl writes them. Of several blocks in a
/// text the first that may hold the wanted key counts. What is refused is refused with a sentence
/// for people that says what to do and tells nothing of the key.
public final class PemKeys {
    private PemKeys() {}

    /// The key of `--rsa-public-key-path`, from a `PUBLIC KEY` (RFC 5280, SubjectPublicKeyInfo)
    /// or an `RSA PUBLIC KEY` (RFC 8017, A.1.1).
    ///
    /// @throws InvalidKeySpecException with a sentence for people if there is none
    public static RSAPublicKey publicKey(String pem) throws InvalidKeySpecException {
        for (PemBlock block : PemBlock.all(pem)) {
            switch (block.label()) {
                case "PUBLIC KEY" -> {
                    return publicKey(decoded(block));
                }
                case "RSA PUBLIC KEY" -> {
                    return publicKey(KeyInfo.ofPublic(decoded(block)));
                }
                case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                    throw new InvalidKeySpecException("this is a certificate; its public key is wanted:"
                            + " openssl x509 -in CERTIFICATE -pubkey -noout");
                case "PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                    throw new InvalidKeySpecException("this is a private key, which stays on the server; its public"
                            + " key is wanted: openssl pkey -in PRIVATE_KEY -pubout");
                default -> {} // parameters and the like may stand before a key
            }
        }
        throw none(pem, "public", "openssl pkey -in PRIVATE_KEY -pubout");
    }

    /// The key of `--rsa-private-key-path`, from a `PRIVATE KEY` (RFC 5208) or an `RSA PRIVATE
    /// KEY` (RFC 8017, A.1.2) without a password.
    ///
    /// @throws InvalidKeySpecException with a sentence for people if there is none
    public static RSAPrivateKey privateKey(String pem) throws InvalidKeySpecException {
        for (PemBlock block : PemBlock.all(pem)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return privateKey(decoded(block));
                }
                case "RSA PRIVATE KEY" -> {
                    return privateKey(KeyInfo.ofPrivate(decoded(block)));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
                case "PUBLIC KEY", "RSA PUBLIC KEY" ->
                    throw new InvalidKeySpecException("this is a public key; the private key that it belongs to is"
                            + " wanted (a new one: openssl genrsa -out PRIVATE_KEY 2048)");
                default -> {} // parameters and the like may stand before a key
            }
        }
        throw none(pem, "private", "openssl pkey -in PRIVATE_KEY");
    }

    private static InvalidKeySpecException encrypted() {
        return new InvalidKeySpecException("this private key is protected by a password, which iperf3 has no option"
                + " for; a copy without it is wanted: openssl pkey -in PRIVATE_KEY -out COPY");
    }

    private static InvalidKeySpecException none(String pem, String kind, String command) {
        if (pem.contains("BEGIN OPENSSH PRIVATE KEY") || pem.stripLeading().startsWith("ssh-")) {
            return new InvalidKeySpecException("this key has the form of OpenSSH; PEM is wanted:"
                    + " ssh-keygen -p -m PEM -f KEY changes a private key, ssh-keygen -e -m PKCS8 -f KEY prints a"
                    + " public one");
        }
        return new InvalidKeySpecException(
                "there is no " + kind + " RSA key in PEM form in it; it is written by: " + command);
    }

    private static byte[] decoded(PemBlock block) throws InvalidKeySpecException {
        if (block.isEncrypted()) {
            throw encrypted();
        }
        try {
            return Base64.getDecoder().decode(block.base64());
        } catch (IllegalArgumentException _) { // its message quotes the key
            throw new InvalidKeySpecException("the key is damaged: it is no base64 between its BEGIN and END lines");
        }
    }

    private static RSAPublicKey publicKey(byte[] encoded) throws InvalidKeySpecException {
        try {
            if (rsa().generatePublic(new X509EncodedKeySpec(encoded)) instanceof RSAPublicKey key) {
                return key;
            }
        } catch (InvalidKeySpecException _) { // its message is none for people
        }
        throw new InvalidKeySpecException("this public key is damaged, or is none for RSA;"
                + " a new pair is made by: openssl genrsa -out PRIVATE_KEY 2048,"
                + " then openssl pkey -in PRIVATE_KEY -pubout -out PUBLIC_KEY");
    }

    private static RSAPrivateKey privateKey(byte[] encoded) throws InvalidKeySpecException {
        try {
            if (rsa().generatePrivate(new PKCS8EncodedKeySpec(encoded)) instanceof RSAPrivateCrtKey key
                    && isSound(key)) {
                return key;
            }
        } catch (InvalidKeySpecException _) { // its message is none for people
        }
        throw new InvalidKeySpecException("this private key is damaged, or is none for RSA;"
                + " a new one is made by: openssl genrsa -out PRIVATE_KEY 2048");
    }

    /// Whether the numbers belong together (RFC 8017, 3.2), so that decrypting cannot fail.
    private static boolean isSound(RSAPrivateCrtKey key) {
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        return p.compareTo(BigInteger.ONE) > 0
                && q.compareTo(BigInteger.ONE) > 0
                && p.multiply(q).equals(key.getModulus())
                && isInverse(key.getCrtCoefficient(), q, p)
                && isInverse(key.getPrimeExponentP(), key.getPublicExponent(), p.subtract(BigInteger.ONE))
                && isInverse(key.getPrimeExponentQ(), key.getPublicExponent(), q.subtract(BigInteger.ONE));
    }

    private static boolean isInverse(BigInteger one, BigInteger other, BigInteger modulus) {
        return one.multiply(other).mod(modulus).equals(BigInteger.ONE);
    }

    private static KeyFactory rsa() {
        try {
            return KeyFactory.getInstance("RSA");
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }
}
