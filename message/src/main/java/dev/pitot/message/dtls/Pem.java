package dev.pitot.message.dtls;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys and certificates as text: RFC 7468. No message repeats what is in it.
final class Pem {
    /// Far more than the certificates of all authorities of the world together.
    private static final int MAX_TEXT = 4 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private Pem() {}

    /// All certificates, at least one.
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] der : blocks(text, "CERTIFICATE")) {
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "certificate " + (found.size() + 1) + " of the PEM text cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "the PEM text has no certificate; it should have a part BEGIN CERTIFICATE");
        }
        return List.copyOf(found);
    }

    /// Returns the one private key, as PKCS #8.
    static PrivateKey privateKey(String text, String algorithm) {
        List<byte[]> keys = blocks(text, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw new IllegalArgumentException("the PEM text has " + keys.size()
                    + " parts BEGIN PRIVATE KEY, not one; another kind of key becomes that by:"
                    + " openssl pkcs8 -topk8 -nodes -in key.pem");
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException _) { // its message may show the key
            throw new IllegalArgumentException("the private key is no " + algorithm
                    + " key, as the certificate's public key is; give the key that the certificate was made with");
        }
    }

    private static List<byte[]> blocks(String text, String label) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("PEM text > " + MAX_TEXT + " characters: " + text.length());
        }
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                found.add(decode(matcher.group(2), label));
            }
        }
        return found;
    }

    private static byte[] decode(String base64, String label) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) { // its message may show a piece of a key
            throw new IllegalArgumentException("a part BEGIN " + label + " of the PEM text is not Base64");
        }
    }
}
