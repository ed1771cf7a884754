package dev.pitot.message.dtls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Writes certificates, which the platform can only read: the few parts of RFC 5280 that a
/// certificate of one host name needs, in DER (X.690), signed with ECDSA and SHA-256.
final class CertificateWriter {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int YEAR_2050 = 2050;

    // tags of X.690
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final int DNS_NAME = 0x82;

    /// ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758, 3.2).
    private static final byte[] ECDSA_SHA256 = hex("06082a8648ce3d040302");

    private static final byte[] COMMON_NAME = hex("0603550403"); // 2.5.4.3
    private static final byte[] SUBJECT_ALT_NAME = hex("0603551d11"); // 2.5.29.17
    private static final byte[] BASIC_CONSTRAINTS = hex("0603551d13"); // 2.5.29.19

    /// The end that a certificate is for.
    ///
    /// @param name a host name of at most 64 characters (RFC 5280, ub-common-name)
    /// @param isAuthority whether it may sign others
    record Subject(String name, PublicKey key, boolean isAuthority) {
        Subject {
            if (!HOST.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a certificate is for a host name of letters, digits, dots and hyphens, not " + name);
            }
        }
    }

    /// The time in which a certificate is valid, to the second.
    record Period(Instant from, Instant to) {}

    private CertificateWriter() {}

    /// @param issuer the name of the one who signs; the subject's own for a certificate that
    ///     signs itself
    /// @param issuerKey EC
    static X509Certificate sign(Subject subject, Period period, String issuer, PrivateKey issuerKey)
            throws GeneralSecurityException {
        byte[] algorithm = tlv(SEQUENCE, ECDSA_SHA256);
        byte[] serial =
                new BigInteger(120, new SecureRandom()).add(BigInteger.ONE).toByteArray();
        byte[] body = tlv(
                SEQUENCE,
                tlv(VERSION, tlv(INTEGER, new byte[] {2})), // v3
                tlv(INTEGER, serial),
                algorithm,
                name(issuer),
                tlv(SEQUENCE, time(period.from), time(period.to)),
                name(subject.name),
                subject.key.getEncoded(),
                tlv(EXTENSIONS, extensions(subject)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(body);
        byte[] whole = tlv(SEQUENCE, body, algorithm, tlv(BIT_STRING, new byte[1], signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] extensions(Subject subject) {
        byte[] host = tlv(SEQUENCE, tlv(DNS_NAME, subject.name.getBytes(StandardCharsets.US_ASCII)));
        byte[] names = tlv(SEQUENCE, SUBJECT_ALT_NAME, tlv(OCTET_STRING, host));
        byte[] isTrue = tlv(BOOLEAN, new byte[] {(byte) 0xFF});
        byte[] constraints = tlv(SEQUENCE, BASIC_CONSTRAINTS, isTrue, tlv(OCTET_STRING, tlv(SEQUENCE, isTrue)));
        return subject.isAuthority ? tlv(SEQUENCE, names, constraints) : tlv(SEQUENCE, names);
    }

    private static byte[] name(String commonName) {
        byte[] text = tlv(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
        return tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, COMMON_NAME, text)));
    }

    /// To 2049 with two digits of the year, then with four: RFC 5280, 4.1.2.5.
    private static byte[] time(Instant at) {
        String text = TIME.format(at);
        boolean isShort = at.atZone(ZoneOffset.UTC).getYear() < YEAR_2050;
        return isShort
                ? tlv(UTC_TIME, text.substring(2).getBytes(StandardCharsets.US_ASCII))
                : tlv(GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length > 0xFF) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length > 0x7F) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
