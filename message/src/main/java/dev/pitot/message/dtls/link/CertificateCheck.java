package dev.pitot.message.dtls.link;

import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.dtls.Trust;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Decides for the platform whether a peer's certificate is believed, and says in a sentence why
/// not. What it says shows nothing that the peer has chosen but fingerprints. Immutable.
final class CertificateCheck extends X509ExtendedTrustManager {
    private final Set<Fingerprint> pins;
    private final @Nullable X509ExtendedTrustManager authorities;
    private final String host;

    private CertificateCheck(Set<Fingerprint> pins, @Nullable X509ExtendedTrustManager authorities, String host) {
        this.pins = pins;
        this.authorities = authorities;
        this.host = host;
    }

    /// @param host of the server that a client wants, empty if its name does not matter
    static CertificateCheck of(Trust trust, String host) throws GeneralSecurityException {
        return switch (trust) {
            case Trust.Authorities(var certificates) -> new CertificateCheck(Set.of(), pathCheck(certificates), host);
            case Trust.Pins(var fingerprints) -> new CertificateCheck(fingerprints, null, host);
            case Trust.NoClientAuthentication() -> new CertificateCheck(Set.of(), null, host); // is never asked
        };
    }

    private static X509ExtendedTrustManager pathCheck(Iterable<X509Certificate> certificates)
            throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + count++, certificate);
            }
            var parameters = new PKIXBuilderParameters(store, new X509CertSelector());
            parameters.setRevocationEnabled(false); // would ask other servers amid a handshake
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new GeneralSecurityException("this Java has no check of certificates for engines");
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        X509ExtendedTrustManager paths = authorities;
        if (paths == null) {
            checkPin(chain, "server");
            return;
        }
        checkPath(() -> paths.checkServerTrusted(chain, authType), chain, "server");
        try {
            paths.checkServerTrusted(chain, authType, engine); // and now the name
        } catch (CertificateException _) { // the sentence says all that it says
            throw new UntrustedCertificateException(
                    "the server's certificate is not for the host name " + host
                            + "; connect by a name that it is for, or pin its key",
                    null);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        X509ExtendedTrustManager paths = authorities;
        if (paths == null) {
            checkPin(chain, "client");
        } else {
            checkPath(() -> paths.checkClientTrusted(chain, authType), chain, "client");
        }
    }

    private void checkPin(X509Certificate[] chain, String whose) throws UntrustedCertificateException {
        Fingerprint shown = Fingerprint.of(chain[0].getPublicKey());
        if (!pins.contains(shown)) {
            throw new UntrustedCertificateException(
                    "the " + whose + "'s key is not pinned here; if it is the right one, pin " + shown, null);
        }
    }

    /// The platform's check of a path.
    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    private static void checkPath(Check check, X509Certificate[] chain, String whose)
            throws UntrustedCertificateException {
        try {
            chain[0].checkValidity(); // the platform lets an authority's own pass without
            check.run();
        } catch (CertificateException e) {
            throw refusal(whose, e);
        }
    }

    private static UntrustedCertificateException refusal(String whose, CertificateException refusal) {
        String complaint = "is not signed by an authority that is trusted here; add its authority, or pin its key";
        BasicReason reason = BasicReason.UNSPECIFIED;
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                complaint = "has expired; it must be renewed, or this system's date be corrected";
                reason = BasicReason.EXPIRED;
            } else if (cause instanceof CertificateNotYetValidException) {
                complaint = "is not valid yet; this system's date may be wrong";
            }
        }
        return new UntrustedCertificateException(
                "the " + whose + "'s certificate " + complaint,
                new CertPathValidatorException(complaint, null, null, -1, reason));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities == null ? new X509Certificate[0] : authorities.getAcceptedIssuers();
    }

    // Without an engine there is no host name to compare, and nobody here asks so.

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    private static CertificateException withoutEngine() {
        return new CertificateException("a peer is only checked in a handshake of an engine");
    }
}
