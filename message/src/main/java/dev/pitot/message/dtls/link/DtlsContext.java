package dev.pitot.message.dtls.link;

import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// State that all secured links of one end share: who this end is, whom it believes, and the buffers
/// for the record in hand. The thread of these links calls it.
public final class DtlsContext {
    private static final String PROTOCOL = "DTLSv1.2";

    /// Ephemeral keys and authenticated encryption, as RFC 9325, section 4.2, wants it.
    private static final String[] SUITES = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    };

    private static final String NO_HOST = "";

    /// Seconds, more than a ticket may live (RFC 8446, 4.6.1: 7 days): so the platform makes
    /// none. A ticket holds the keys of its connection, and who had the server's memory later
    /// could open it.
    private static final int NO_TICKETS = 604_801;

    /// The record that is being written.
    final ByteBuffer record;

    /// Content of the record that came last.
    final ByteBuffer plain;

    private final SSLContext context;
    private final boolean isClient;
    private final boolean mustCheckName;
    private final boolean mustCheckClient;
    private final boolean hasIdentity;
    private final String host;
    private final Duration timeout;

    private DtlsContext(@Nullable Identity identity, Trust trust, @Nullable String host, Duration timeout) {
        isClient = host != null;
        this.host = host == null ? NO_HOST : host;
        this.timeout = timeout;
        hasIdentity = identity != null;
        mustCheckName = isClient && trust instanceof Trust.Authorities;
        mustCheckClient = !isClient && !(trust instanceof Trust.NoClientAuthentication);
        try {
            CertificateCheck check = CertificateCheck.of(trust, this.host);
            context = identity == null ? withoutIdentity(check) : identity.context(PROTOCOL, check);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot do " + PROTOCOL + " with the given identity", e);
        }
        context.getServerSessionContext().setSessionTimeout(NO_TICKETS);
        int recordBytes = context.createSSLEngine().getSession().getPacketBufferSize();
        record = ByteBuffer.allocate(recordBytes); // the platform writes into nothing smaller
        plain = ByteBuffer.allocate(DtlsLink.MAX_RECORD);
    }

    private static SSLContext withoutIdentity(CertificateCheck check) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(null, new CertificateCheck[] {check}, null);
        return context;
    }

    /// For links to a server.
    ///
    /// @param host the server's name or address, which its certificate must be for if `trust`
    ///     is in authorities; otherwise it does not matter and may be empty
    /// @param trust not [Trust.NoClientAuthentication]: who does not check the server is protected from nobody
    /// @param identity shown if the server asks; null if there is none
    /// @param timeout for a handshake
    /// @throws IllegalArgumentException with a sentence
    public static DtlsContext client(String host, Trust trust, @Nullable Identity identity, Duration timeout) {
        if (trust instanceof Trust.NoClientAuthentication) {
            throw new IllegalArgumentException(
                    "a client must know whom to trust; give authorities or the fingerprint of the server's key");
        }
        if (trust instanceof Trust.Authorities && host.isEmpty()) {
            throw new IllegalArgumentException(
                    "a client that trusts authorities must know the server's host name; give it, or pin a key");
        }
        return new DtlsContext(identity, trust, host, timeout);
    }

    /// For links of a server.
    ///
    /// @param clients which clients are let in; with [Trust.NoClientAuthentication] none needs a certificate
    /// @param timeout for a handshake
    /// @throws IllegalArgumentException with a sentence
    public static DtlsContext server(Identity identity, Trust clients, Duration timeout) {
        return new DtlsContext(identity, clients, null, timeout);
    }

    boolean isClient() {
        return isClient;
    }

    /// True if this end has a certificate to show.
    boolean hasIdentity() {
        return hasIdentity;
    }

    Duration timeout() {
        return timeout;
    }

    /// Takes datagrams of [DtlsLink#MAX_RECORD] and writes such, until another size is set.
    SSLEngine engine() {
        SSLEngine engine = mustCheckName ? context.createSSLEngine(host, -1) : context.createSSLEngine();
        engine.setUseClientMode(isClient);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setCipherSuites(SUITES);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setMaximumPacketSize(DtlsLink.MAX_RECORD);
        parameters.setEnableRetransmissions(false); // see DtlsHandshake
        if (mustCheckName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818, 3.1
        }
        if (mustCheckClient) {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public String toString() {
        return "DtlsContext[" + (isClient ? "client" : "server") + "]";
    }
}
