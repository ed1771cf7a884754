package dev.pitot.wire.auth;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// DER wrapper (X.690, 8 and 10) that Java requires around the PKCS #1 form of an RSA key (RFC
/// 8017, A.1).
final class RsaKeyDer {
    private static final byte BIT_STRING = 0x03;
    private static final byte OCTET_STRING = 0x04;
    private static final byte SEQUENCE = 0x30;

    /// SEQUENCE { rsaEncryption 1.2.840.113549.1.1.1, NULL }.
    private static final String RSA = "300d06092a864886f70d0101010500";

    private static final String INTEGER_0 = "020100";
    private static final int LONG_FORM = 0x80; // flag of a length; the low bits count its bytes

    private RsaKeyDer() {}

    /// SubjectPublicKeyInfo (RFC 5280, 4.1).
    static byte[] ofPublic(byte[] rsaPublicKey) {
        byte[] bits = joined(new byte[1], rsaPublicKey); // number of unused bits in the last byte
        return element(SEQUENCE, joined(HexFormat.of().parseHex(RSA), element(BIT_STRING, bits)));
    }

    /// PrivateKeyInfo (RFC 5208, 5).
    static byte[] ofPrivate(byte[] rsaPrivateKey) {
        return element(
                SEQUENCE, joined(HexFormat.of().parseHex(INTEGER_0 + RSA), element(OCTET_STRING, rsaPrivateKey)));
    }

    /// Returns tag, length and content.
    private static byte[] element(byte tag, byte[] content) {
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        if (content.length >= LONG_FORM) {
            byte[] digits = length[0] == 0 ? Arrays.copyOfRange(length, 1, length.length) : length;
            length = joined(new byte[] {(byte) (LONG_FORM | digits.length)}, digits);
        }
        return joined(joined(new byte[] {tag}, length), content);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
