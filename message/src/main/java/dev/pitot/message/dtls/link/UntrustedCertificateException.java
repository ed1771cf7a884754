package dev.pitot.message.dtls.link;

import java.io.Serial;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// Why a peer's certificate was refused, in a sentence for people.
final class UntrustedCertificateException extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1;

    /// @param cause by which the platform chooses what the peer is told
    UntrustedCertificateException(String sentence, @Nullable CertPathValidatorException cause) {
        super(sentence, cause);
    }
}
