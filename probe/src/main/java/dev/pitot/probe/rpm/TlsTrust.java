package dev.pitot.probe.rpm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trust in the certificate of a server.
public final class TlsTrust {
    private final SSLContext context;

    private TlsTrust(SSLContext context) {
        this.context = context;
    }

    /// The authorities that Java trusts.
    public static TlsTrust ofSystem() {
        try {
            return of(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has TLS", e);
        }
    }

    /// Only these authorities or self-signed certificates.
    ///
    /// @param pem one or more certificates
    /// @throws IllegalArgumentException with a sentence, if there is none
    public static TlsTrust ofAuthorities(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("authority" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException("no certificate in PEM");
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return of(factory.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not certificates in PEM: " + e.getMessage(), e);
        }
    }

    /// Any certificate, of any name: anybody on the path can pretend to be the server.
    public static TlsTrust insecure() {
        try {
            return of(new TrustManager[] {new TrustAll()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has TLS", e);
        }
    }

    private static TlsTrust of(TrustManager @Nullable [] managers) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return new TlsTrust(context);
    }

    SSLContext context() {
        return context;
    }

    /// An extended trust manager checks the host's name itself; this one does not.
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
