package dev.pitot.wire.auth;

/// PKCS #1 v1.5 encryption padding (RFC 8017, 7.2.2), removed without a branch or an index that
/// depends on secret data: a server that reveals whether padding was valid can be used as a
/// decryption oracle (Bleichenbacher; CVE-2024-26306). Java does not guarantee constant time: the
/// compiler may introduce branches, and the time of the platform's RSA depends on the data.
final class Pkcs1Padding {
    private static final int BLOCK_TYPE = 2;
    private static final int SHORTEST_PADDING = 8;

    private Pkcs1Padding() {}

    /// Moves the message to the start of the block, followed by NULs. If the padding is wrong, the
    /// whole block is NUL, which takes as long to parse.
    ///
    /// @param block decrypted block, as long as the key, 11 bytes or more
    static void remove(byte[] block) {
        int good = isZero(block[0]) & isZero(block[1] ^ BLOCK_TYPE);
        int found = 0; // −1 from the first 0 byte on
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

    /// Shifts in steps of powers of two, each of which touches every byte whether it is applied or
    /// not.
    private static void shiftLeft(byte[] block, int distance) {
        for (int step = 1; step <= block.length; step <<= 1) {
            int taken = ~isZero(distance & step);
            for (int i = 0; i < block.length; i++) {
                int shifted = i + step < block.length ? block[i + step] : 0;
                block[i] = (byte) ((shifted & taken) | (block[i] & ~taken));
            }
        }
    }

    /// Returns −1 for 0, otherwise 0.
    private static int isZero(int value) {
        return ~((value | -value) >> (Integer.SIZE - 1));
    }

    /// Returns −1 for 0 or more, otherwise 0.
    private static int isNotNegative(int value) {
        return ~(value >> (Integer.SIZE - 1));
    }
}
