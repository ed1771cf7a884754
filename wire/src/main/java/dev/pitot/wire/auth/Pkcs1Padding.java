package dev.pitot.wire.auth;

/// Encryption padding of PKCS #1 v1.5 (RFC 8017, 7.2.2), taken off without a branch or an index
/// that depends on what is secret: a server that lets others see whether padding was right can be
/// made to decrypt for them (Bleichenbacher; CVE-2024-26306). Java promises no constant time: the
/// compiler may make branches where there are none here. Neither do the bytes that the platform's
/// RSA hands over take the same time whatever they are.
final class Pkcs1Padding {
    private static final int BLOCK_TYPE = 2;
    private static final int SHORTEST_PADDING = 8;

    private Pkcs1Padding() {}

    /// Leaves the message at the start of the block and NUL behind it. Where padding is wrong,
    /// all is NUL: a message that says nothing, and is no slower to read.
    ///
    /// @param block one decrypted block, as long as the key, 11 bytes or more
    static void remove(byte[] block) {
        int good = isZero(block[0]) & isZero(block[1] ^ BLOCK_TYPE);
        int found = 0; // −1 from the first 0 on
        int start = 0;
        for (int i = 2; i < block.length; i++) {
            int here = isZero(block[i]) & ~found;
            start |= here & (i + 1);
            found |= here;
        }
        good &= found & isNotNegative(start - (2 + SHORTEST_PADDING + 1));
        shiftLeft(block, start);
        for (int i = 0; i < block.length; i++) {
            block[i] &= (byte) good;
        }
    }

    /// In steps of powers of two, each of which touches every byte whether it is taken or not.
    private static void shiftLeft(byte[] block, int distance) {
        for (int step = 1; step <= block.length; step <<= 1) {
            int taken = ~isZero(distance & step);
            for (int i = 0; i < block.length; i++) {
                int shifted = i + step < block.length ? block[i + step] : 0;
                block[i] = (byte) ((shifted & taken) | (block[i] & ~taken));
            }
        }
    }

    /// −1 for 0, else 0.
    private static int isZero(int value) {
        return ~((value | -value) >> (Integer.SIZE - 1));
    }

    /// −1 for 0 or more, else 0.
    private static int isNotNegative(int value) {
        return ~(value >> (Integer.SIZE - 1));
    }
}
