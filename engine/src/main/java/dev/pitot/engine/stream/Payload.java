package dev.pitot.engine.stream;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Factory of the blocks that senders send repeatedly.
public final class Payload {
    private static final int DIGITS = 10;

    private Payload() {}

    /// Returns a direct block of random bytes, drawn once, so that no link can compress them (iperf also
    /// reads them once, from the system's entropy pool).
    public static ByteBuffer random(int bytes, RandomGenerator random) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return direct(content);
    }

    /// Returns a direct block of the digits 0 to 9 (`--repeating-payload`, as iperf 2 sends;
    /// iperf_util.c: fill_with_repeating_pattern).
    public static ByteBuffer repeating(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) ('0' + i % DIGITS);
        }
        return direct(content);
    }

    private static ByteBuffer direct(byte[] content) {
        return ByteBuffer.allocateDirect(content.length).put(content).flip();
    }
}
