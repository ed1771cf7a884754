package dev.pitot.message.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.message.dtls.link.DtlsContext;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2030-06-15T10:00:00Z"));

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "a remark before it\n" + pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(KeyPair keys) throws GeneralSecurityException {
        return CertificateWriter.sign(
                new CertificateWriter.Subject("host.test", keys.getPublic(), false),
                new CertificateWriter.Period(Instant.EPOCH, Instant.parse("2040-01-01T00:00:00Z")),
                "host.test",
                keys.getPrivate());
    }

    @Test
    void aSelfSignedOneIsValidForTenYears() {
        X509Certificate certificate =
                Identity.selfSigned("host.test", CLOCK).certificates().getFirst();

        assertThat(certificate.getNotBefore().toInstant()).isEqualTo("2030-06-14T10:00:00Z");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2040-06-12T10:00:00Z");
    }

    @Test
    void keyAndCertificatesAreReadFromText() throws GeneralSecurityException {
        KeyPair keys = Authority.newKeys();
        X509Certificate own = certificate(keys);
        X509Certificate other = certificate(Authority.newKeys());

        Identity identity = Identity.fromPem(
                pem(own) + pem(other), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));

        assertThat(identity.certificates()).containsExactly(own, other);
        assertThat(identity.fingerprint()).isEqualTo(Fingerprint.of(keys.getPublic()));
        assertThat(Trust.Authorities.fromPem(pem(own) + pem(other)).certificates())
                .isEqualTo(List.of(own, other));
    }

    @Test
    void nothingShowsTheKey() throws GeneralSecurityException {
        KeyPair keys = Authority.newKeys();
        String key = pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        Identity identity = Identity.fromPem(pem(certificate(keys)), key);

        assertThat(identity).hasToString("Identity[" + identity.fingerprint() + "]");
        assertThat(DtlsContext.server(identity, new Trust.NoClientAuthentication(), Authority.TIMEOUT))
                .hasToString("DtlsContext[server]");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws GeneralSecurityException {
        String certificate = pem(certificate(Authority.newKeys()));
        String key = pem("PRIVATE KEY", Authority.newKeys().getPrivate().getEncoded());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.fromPem(certificate, key))
                .withMessage("the private key does not belong to the first certificate;"
                        + " give the key that the certificate was made with");
    }

    @Test
    void brokenTextIsRefusedInASentence() throws GeneralSecurityException {
        String certificate = pem(certificate(Authority.newKeys()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.fromPem("nothing", ""))
                .withMessage("the PEM text has no certificate; it should have a part BEGIN CERTIFICATE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.fromPem(certificate, pem("EC PRIVATE KEY", new byte[9])))
                .withMessage("the PEM text has 0 parts BEGIN PRIVATE KEY, not one; another kind of key becomes"
                        + " that by: openssl pkcs8 -topk8 -nodes -in key.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.fromPem(certificate, pem("PRIVATE KEY", new byte[9])))
                .withMessage("the private key is no EC key, as the certificate's public key is;"
                        + " give the key that the certificate was made with")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trust.Authorities.fromPem(certificate + pem("CERTIFICATE", new byte[9])))
                .withMessage("certificate 2 of the PEM text cannot be read");
    }
}
