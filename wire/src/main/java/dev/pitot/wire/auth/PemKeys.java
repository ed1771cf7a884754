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

/// RSA keys from PEM files (RFC 7468) as written by openssl. If a text has several blocks, the
/// first that may hold the required key is used. An error message says what to do and reveals
/// nothing about the key.
public final class PemKeys {
    private PemKeys() {}

    /// Reads the key of `--rsa-public-key-path`, from a `PUBLIC KEY` (RFC 5280,
    /// SubjectPublicKeyInfo) or an `RSA PUBLIC KEY` (RFC 8017, A.1.1).
    ///
    /// @throws InvalidKeySpecException with a message for the user if there is none
    public static RSAPublicKey publicKey(String pem) throws InvalidKeySpecException {
        for (PemBlock block : PemBlock.all(pem)) {
            switch (block.label()) {
                case "PUBLIC KEY" -> {
                    return publicKey(decoded(block));
                }
                case "RSA PUBLIC KEY" -> {
                    return publicKey(RsaKeyDer.ofPublic(decoded(block)));
                }
                case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                    throw new InvalidKeySpecException("this is a certificate, not a public key; extract its key with:"
                            + " openssl x509 -in CERTIFICATE -pubkey -noout");
                case "PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                    throw new InvalidKeySpecException(
                            "this is a private key, which must stay on the server; extract its"
                                    + " public key with: openssl pkey -in PRIVATE_KEY -pubout");
                default -> {} // parameters and other blocks may precede a key
            }
        }
        throw none(pem, "public", "openssl pkey -in PRIVATE_KEY -pubout");
    }

    /// Reads the key of `--rsa-private-key-path`, from a `PRIVATE KEY` (RFC 5208) or an
    /// `RSA PRIVATE KEY` (RFC 8017, A.1.2) without a password.
    ///
    /// @throws InvalidKeySpecException with a message for the user if there is none
    public static RSAPrivateKey privateKey(String pem) throws InvalidKeySpecException {
        for (PemBlock block : PemBlock.all(pem)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return privateKey(decoded(block));
                }
                case "RSA PRIVATE KEY" -> {
                    return privateKey(RsaKeyDer.ofPrivate(decoded(block)));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
                case "PUBLIC KEY", "RSA PUBLIC KEY" ->
                    throw new InvalidKeySpecException("this is a public key; use the private key that belongs to it, or"
                            + " generate a new one with: openssl genrsa -out PRIVATE_KEY 2048");
                default -> {} // parameters and other blocks may precede a key
            }
        }
        throw none(pem, "private", "openssl pkey -in PRIVATE_KEY");
    }

    private static InvalidKeySpecException encrypted() {
        return new InvalidKeySpecException("this private key is protected by a password, for which iperf3 has no"
                + " option; write a copy without a password with: openssl pkey -in PRIVATE_KEY -out COPY");
    }

    private static InvalidKeySpecException none(String pem, String kind, String command) {
        if (pem.contains("BEGIN OPENSSH PRIVATE KEY") || pem.stripLeading().startsWith("ssh-")) {
            return new InvalidKeySpecException("this key is in OpenSSH format, not PEM;"
                    + " convert a private key in place with: ssh-keygen -p -m PEM -f KEY,"
                    + " or print a public one with: ssh-keygen -e -m PKCS8 -f KEY");
        }
        return new InvalidKeySpecException(
                "there is no " + kind + " RSA key in PEM format in the file; print one with: " + command);
    }

    private static byte[] decoded(PemBlock block) throws InvalidKeySpecException {
        if (block.isEncrypted()) {
            throw encrypted();
        }
        try {
            return Base64.getDecoder().decode(block.base64());
        } catch (IllegalArgumentException _) { // its message quotes the key
            throw new InvalidKeySpecException(
                    "the key is damaged: the text between its BEGIN and END lines is not base64");
        }
    }

    private static RSAPublicKey publicKey(byte[] encoded) throws InvalidKeySpecException {
        try {
            if (rsa().generatePublic(new X509EncodedKeySpec(encoded)) instanceof RSAPublicKey key) {
                return key;
            }
        } catch (InvalidKeySpecException _) { // its message does not help users
        }
        throw new InvalidKeySpecException("this public key is damaged or not an RSA key;"
                + " generate a new pair with: openssl genrsa -out PRIVATE_KEY 2048,"
                + " then openssl pkey -in PRIVATE_KEY -pubout -out PUBLIC_KEY");
    }

    private static RSAPrivateKey privateKey(byte[] encoded) throws InvalidKeySpecException {
        try {
            if (rsa().generatePrivate(new PKCS8EncodedKeySpec(encoded)) instanceof RSAPrivateCrtKey key
                    && isSound(key)) {
                return key;
            }
        } catch (InvalidKeySpecException _) { // its message does not help users
        }
        throw new InvalidKeySpecException("this private key is damaged or not an RSA key;"
                + " generate a new one with: openssl genrsa -out PRIVATE_KEY 2048");
    }

    /// True if the key's numbers are consistent (RFC 8017, 3.2), so that decryption cannot fail.
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
        } catch (NoSuchAlgorithmException e) { // every Java platform has RSA
            throw new IllegalStateException(e);
        }
    }
}
