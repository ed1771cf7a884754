package dev.pitot.message.secure;

import java.io.Serial;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// Why a peer's certificate was refused, in a sentence for people.
final class Untrusted extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1;

    /// @param cause by which the platform chooses what the peer is told
    Untrusted(String sentence, @Nullable CertPathValidatorException cause) {
        super(sentence, cause);
    }
}
