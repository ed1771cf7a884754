package dev.pitot.message.dtls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/// The peers that this end believes.
public sealed interface Trust {
    /// Peers whose certificate one of these authorities has signed, directly or through others,
    /// and that is valid today. A client also wants it to be for the server's host name.
    ///
    /// @param certificates of the authorities, at least one
    record Authorities(List<X509Certificate> certificates) implements Trust {
        /// @throws IllegalArgumentException if there is none
        public Authorities {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no authority to trust; give at least one certificate");
            }
        }

        /// Reads certificates from PEM text, one behind the other.
        ///
        /// @throws IllegalArgumentException with a sentence, if it has none or one is broken
        public static Authorities fromPem(String text) {
            return new Authorities(Pem.certificates(text));
        }
    }

    /// Peers that have one of these keys. Names, dates and signers of their certificates do not
    /// matter.
    ///
    /// @param fingerprints at least one
    record Pins(Set<Fingerprint> fingerprints) implements Trust {
        /// @throws IllegalArgumentException if there is none
        public Pins {
            fingerprints = Set.copyOf(fingerprints);
            if (fingerprints.isEmpty()) {
                throw new IllegalArgumentException("no key to trust; give at least one fingerprint");
            }
        }
    }

    /// Anybody, without asking for a certificate: for servers that any client may use.
    record NoClientAuthentication() implements Trust {}
}
