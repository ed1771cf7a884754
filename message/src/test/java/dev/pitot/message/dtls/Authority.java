package dev.pitot.message.dtls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// An authority of a test's own.
public final class Authority {
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration DAY = Duration.ofDays(1);

    public final X509Certificate certificate;
    private final KeyPair keys = newKeys();
    private final String name;

    public Authority(String name) {
        this.name = name;
        certificate = sign(new CertificateWriter.Subject(name, keys.getPublic(), true), Instant.now());
    }

    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate sign(CertificateWriter.Subject subject, Instant middle) {
        try {
            var period = new CertificateWriter.Period(middle.minus(DAY), middle.plus(DAY));
            return CertificateWriter.sign(subject, period, name, keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// Valid a day before and after a moment.
    public Identity issue(String host, Instant middle) {
        KeyPair own = newKeys();
        return Identity.of(
                own.getPrivate(), List.of(sign(new CertificateWriter.Subject(host, own.getPublic(), false), middle)));
    }

    public Identity issue(String host) {
        return issue(host, Instant.now());
    }

    public Trust trust() {
        return new Trust.Authorities(List.of(certificate));
    }

    public static Identity selfSigned() {
        return Identity.selfSigned("server.test", InstantSource.system());
    }

    public static Trust pin(Identity identity) {
        return new Trust.Pins(Set.of(identity.fingerprint()));
    }
}
