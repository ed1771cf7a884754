package dev.pitot.metrics.push;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Authentication of both ends of a push.
///
/// @param credentials credentials in the request
/// @param authority trusted CA certificates (PEM); null for those that Java trusts
/// @param identity client certificate of the TLS connection; null for none
public record PushSecurity(
        PushCredentials credentials,
        @Nullable String authority,
        @Nullable Identity identity) {
    /// No credentials, Java's trusted certificates.
    public static final PushSecurity DEFAULT = new PushSecurity(new PushCredentials.None(), null, null);

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

    /// Client certificate with its key.
    ///
    /// @param certificates certificate chain in PEM: the client's certificate first
    /// @param key private key in PEM, PKCS #8 without a password
    public record Identity(String certificates, String key) {
        /// Returns a text without the key.
        @Override
        public String toString() {
            return "Identity[]";
        }
    }

    /// @throws IllegalArgumentException if a PEM text is invalid
    public PushSecurity {
        context(authority, identity);
    }

    /// Returns a text without secrets.
    @Override
    public String toString() {
        return "PushSecurity[credentials=" + credentials + ", ownAuthority=" + (authority != null) + ", identity="
                + (identity != null) + "]";
    }

    /// Returns the TLS context; null if Java's default is used.
    @Nullable SSLContext context() {
        return context(authority, identity);
    }

    private static @Nullable SSLContext context(@Nullable String authority, @Nullable Identity identity) {
        if (authority == null && identity == null) {
            return null;
        }
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authority == null ? null : trusted(authority)); // null: Java's trusted certificates
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity == null ? emptyStore() : owned(identity), new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates for the Pushgateway cannot be used", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore trusted(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        Certificate[] certificates = certificates(pem, "authority");
        for (int i = 0; i < certificates.length; i++) {
            store.setCertificateEntry("authority-" + i, certificates[i]);
        }
        return store;
    }

    private static KeyStore owned(Identity identity) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "identity", privateKey(identity.key()), new char[0], certificates(identity.certificates(), "client"));
        return store;
    }

    private static Certificate[] certificates(String pem, String whose) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            Certificate[] certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .toArray(new Certificate[0]);
            if (certificates.length > 0) {
                return certificates;
            }
        } catch (GeneralSecurityException _) {
            // thrown below
        }
        throw new IllegalArgumentException(
                "the " + whose + " certificate for the Pushgateway must be PEM text with -----BEGIN CERTIFICATE-----");
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(pem);
        if (matcher.find()) {
            byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
            for (String kind : KEY_KINDS) {
                try {
                    return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
                } catch (InvalidKeySpecException _) {
                    // not a key of this algorithm
                }
            }
        }
        throw new IllegalArgumentException("the client key for the Pushgateway must be PEM text with"
                + " -----BEGIN PRIVATE KEY----- (PKCS #8, no password)");
    }
}
