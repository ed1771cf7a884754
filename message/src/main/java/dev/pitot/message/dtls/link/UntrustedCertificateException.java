package dev.pitot.message.dtls.link;

import java.io.Serial;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// The refusal of a peer's certificate, in a sentence for people.
final class UntrustedCertificateException extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1;

    /// @param cause by which the platform chooses the alert for the peer
    UntrustedCertificateException(String sentence, @Nullable CertPathValidatorException cause) {
        super(sentence, cause);
    }
}
