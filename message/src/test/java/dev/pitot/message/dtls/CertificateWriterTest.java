package dev.pitot.message.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateWriterTest {
    private final KeyPair keys = Authority.newKeys();

    private X509Certificate certificate(String name, String from, String to, boolean isAuthority)
            throws GeneralSecurityException {
        return CertificateWriter.sign(
                new CertificateWriter.Subject(name, keys.getPublic(), isAuthority),
                new CertificateWriter.Period(Instant.parse(from), Instant.parse(to)),
                "issuer.test",
                keys.getPrivate());
    }

    @Test
    void thePlatformReadsWhatWasWritten() throws GeneralSecurityException {
        var certificate = certificate("host.test", "2024-02-29T12:34:56Z", "2049-12-31T23:59:59Z", false);

        certificate.verify(keys.getPublic());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=host.test");
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=issuer.test");
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo("2024-02-29T12:34:56Z");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2049-12-31T23:59:59Z");
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        assertThat(names).hasSize(1);
        assertThat(names.iterator().next().get(1)).isEqualTo("host.test");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void yearsFrom2050HaveFourDigits() throws GeneralSecurityException {
        var certificate = certificate("host.test", "2050-01-01T00:00:00Z", "2150-06-01T00:00:00Z", false);

        assertThat(certificate.getNotBefore().toInstant()).isEqualTo("2050-01-01T00:00:00Z");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2150-06-01T00:00:00Z");
    }

    @Test
    void anAuthoritySaysSo() throws GeneralSecurityException {
        var certificate = certificate("a".repeat(64), "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", true);

        assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactly("2.5.29.19");
    }

    @Test
    void onlyHostNamesAreTaken() {
        for (String name : List.of("", "a b", "-a", "a-", "ä.test", "a\u0000", "a".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CertificateWriter.Subject(name, keys.getPublic(), false))
                    .withMessage("a certificate is for a host name of letters, digits, dots and hyphens, not " + name);
        }
    }
}
