package dev.pitot.probe.stamp;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key of the authenticated mode: HMAC-SHA-256 over the first 96 octets of a packet, cut to 16 octets
/// (RFC 8762 section 4.4). Any thread may use it.
public final class StampKey {
    /// Shortest key: RFC 4868 wants as many bits as the hash has, which is advice; shorter than this is a
    /// password.
    public static final int MIN_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int COVERED = 96;
    private static final int CODE_BYTES = 16;

    private final SecretKeySpec key;

    private StampKey(SecretKeySpec key) {
        this.key = key;
    }

    /// Returns a key of these bytes.
    ///
    /// @param bytes of the key, 16 or more; copied
    /// @throws IllegalArgumentException without the key, if it is too short
    public static StampKey of(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + MIN_BYTES + " bytes or more is needed: this one has " + bytes.length);
        }
        return new StampKey(new SecretKeySpec(bytes, ALGORITHM));
    }

    /// Writes the code of a packet of 112 octets or more, which begins at index 0.
    void sign(ByteBuffer packet) {
        packet.put(COVERED, code(packet));
    }

    /// Returns whether the code of such a packet is right, in a time that does not say how much of it is.
    boolean verifies(ByteBuffer packet) {
        var found = new byte[CODE_BYTES];
        packet.get(COVERED, found);
        return MessageDigest.isEqual(found, code(packet));
    }

    private byte[] code(ByteBuffer packet) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(packet.slice(0, COVERED));
            return Arrays.copyOf(mac.doFinal(), CODE_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /// The name of the type: a key is never shown.
    @Override
    public String toString() {
        return "StampKey";
    }
}
