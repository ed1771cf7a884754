package dev.pitot.message.dtls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Identity of this end: a private key and the chain of certificates that speaks for it. It never
/// shows the key. Immutable.
public final class Identity {
    /// Clocks differ; a certificate that was just made should be valid everywhere.
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final Duration AFTER = Duration.ofDays(3650);

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Identity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /// Returns an identity from PEM text, as the files that authorities hand out.
    ///
    /// @param certificates this end's first, then those that lead to the authority
    /// @param key one `BEGIN PRIVATE KEY` (PKCS #8, not encrypted), EC or RSA
    /// @throws IllegalArgumentException with a sentence that shows nothing of the key
    public static Identity fromPem(String certificates, String key) {
        List<X509Certificate> chain = Pem.certificates(certificates);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        Identity identity = new Identity(Pem.privateKey(key, publicKey.getAlgorithm()), chain);
        identity.checkPair(publicKey);
        return identity;
    }

    /// Returns a new key (EC, P-256) with a certificate that it signed itself, valid for 10 years. Others
    /// can only trust it by its [#fingerprint()], or by having the certificate itself.
    ///
    /// @param name a host name, which the certificate is for
    /// @param clock for the dates in the certificate
    /// @throws IllegalArgumentException if the name is no host name
    public static Identity selfSigned(String name, InstantSource clock) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Instant now = clock.instant();
            var subject = new CertificateWriter.Subject(name, keys.getPublic(), false);
            var period = new CertificateWriter.Period(now.minus(BEFORE), now.plus(AFTER));
            return new Identity(
                    keys.getPrivate(), List.of(CertificateWriter.sign(subject, period, name, keys.getPrivate())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a key of the curve P-256", e);
        }
    }

    static Identity of(PrivateKey key, List<X509Certificate> chain) {
        return new Identity(key, chain);
    }

    private void checkPair(PublicKey publicKey) {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default ->
                throw new IllegalArgumentException("a certificate's key is EC or RSA, not " + publicKey.getAlgorithm());
        };
        byte[] sample = {1, 2, 3};
        boolean isPair;
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(sample);
            isPair = signature.verify(signed);
        } catch (GeneralSecurityException _) { // its message may show the key
            isPair = false;
        }
        if (!isPair) {
            throw new IllegalArgumentException("the private key does not belong to the first certificate;"
                    + " give the key that the certificate was made with");
        }
    }

    /// By which others can pin this end.
    public Fingerprint fingerprint() {
        return Fingerprint.of(chain.getFirst().getPublicKey());
    }

    /// This end's certificate first.
    public List<X509Certificate> certificates() {
        return chain;
    }

    /// Returns a context in which this end proves who it is. It is the only way in which the key is used.
    ///
    /// @param protocol as [SSLContext#getInstance(String)] names it
    /// @param trust decides about peers
    /// @throws GeneralSecurityException if this Java cannot do the protocol with this key
    public SSLContext context(String protocol, TrustManager trust) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("identity", key, new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(factory.getKeyManagers(), new TrustManager[] {trust}, null);
            return context;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }

    @Override
    public String toString() {
        return "Identity[" + fingerprint() + "]";
    }
}
