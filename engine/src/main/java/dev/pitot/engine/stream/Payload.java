package dev.pitot.engine.stream;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Factory of the blocks of streams: those that senders send repeatedly, and empty ones.
public final class Payload {
    private static final int DIGITS = 10;
    private static final int PAGE_BYTES = 4096;

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
        return block(content.length).put(content).flip();
    }

    /// Returns a direct block that begins on a page, as those of iperf do, which are mapped from a
    /// file. Large memory of malloc(3) begins 16 bytes behind a page, and processors whose `rep movsb`
    /// is slow where the target is a few bytes behind the source within a page (AMD Zen 3) then receive
    /// half as fast.
    ///
    /// @param bytes its capacity
    public static ByteBuffer block(int bytes) {
        int pages = Math.ceilDiv(bytes, PAGE_BYTES);
        return ByteBuffer.allocateDirect((pages + 1) * PAGE_BYTES - 1)
                .alignedSlice(PAGE_BYTES)
                .slice(0, bytes);
    }
}
