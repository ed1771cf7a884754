package dev.pitot.engine.stream;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// What senders send: random bytes, drawn once and repeated, so that no link can compress them
/// (iperf reads them once from the system's entropy pool too).
public final class Payload {
    private Payload() {}

    /// A direct block full of random bytes.
    public static ByteBuffer random(int bytes, RandomGenerator random) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return ByteBuffer.allocateDirect(bytes).put(content).flip();
    }
}
