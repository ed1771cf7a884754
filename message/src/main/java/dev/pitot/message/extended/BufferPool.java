package dev.pitot.message.extended;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Memory that the links of one thread share, so that idle ones hold none: buffers for the packet
/// in hand, and what was used before and will be used again. At most some 20 MiB are kept.
public final class BufferPool {
    /// Messages to 64 KiB are kept, in sizes of powers of two from 64 bytes.
    private static final int MIN_SHIFT = 6;

    private static final int MAX_SHIFT = 16;
    private static final long MAX_MESSAGE_BYTES = 8 << 20;
    private static final int MAX_CHUNKS = 4096;
    private static final int MAX_PACKETS = 4096;
    private static final int MAX_ASSEMBLY = 2 << 20;

    final CRC32C crc = new CRC32C();

    /// The packet that is being written.
    final ByteBuffer packet = ByteBuffer.allocateDirect(PacketHeader.MAX_SIZE);

    private final RandomGenerator random;
    private final @Nullable OutgoingMessage[] messages = new @Nullable OutgoingMessage[MAX_SHIFT - MIN_SHIFT + 1];
    private long messageBytes;
    private byte[][] chunks = new byte[64][];
    private int chunkCount;
    private final ArrayDeque<SentPacket> packets = new ArrayDeque<>();
    private ByteBuffer assembly = ByteBuffer.allocate(0);

    /// @param random draws connection ids and the packet numbers that are left out; one whose
    ///     values cannot be foretold, as [java.security.SecureRandom], except in tests
    public BufferPool(RandomGenerator random) {
        this.random = random;
    }

    int randomId() {
        int id = random.nextInt();
        while (id == 0) {
            id = random.nextInt();
        }
        return id;
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    OutgoingMessage message(int length) {
        int shift = shift(length);
        if (shift > MAX_SHIFT) {
            return new OutgoingMessage(length);
        }
        OutgoingMessage kept = messages[shift - MIN_SHIFT];
        if (kept == null) {
            return new OutgoingMessage(1 << shift);
        }
        messages[shift - MIN_SHIFT] = kept.next;
        messageBytes -= 1L << shift;
        return kept;
    }

    void recycle(OutgoingMessage message) {
        message.end();
        int shift = shift(message.bytes.length);
        if (shift <= MAX_SHIFT && messageBytes < MAX_MESSAGE_BYTES) {
            message.next = messages[shift - MIN_SHIFT];
            messages[shift - MIN_SHIFT] = message;
            messageBytes += 1L << shift;
        }
    }

    private static int shift(int length) {
        return Math.max(MIN_SHIFT, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
    }

    /// Returns room for one fragment.
    byte[] chunk() {
        return chunkCount == 0 ? new byte[PacketHeader.MAX_SIZE] : chunks[--chunkCount];
    }

    void recycle(byte[] chunk) {
        if (chunkCount == MAX_CHUNKS) {
            return;
        }
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
        }
        chunks[chunkCount++] = chunk;
    }

    SentPacket sentPacket() {
        SentPacket kept = packets.pollLast();
        SentPacket packet = kept == null ? new SentPacket() : kept;
        packet.begin();
        return packet;
    }

    /// @param packet has no pieces any more
    void recycle(SentPacket packet) {
        if (packets.size() < MAX_PACKETS) {
            packets.addLast(packet);
        }
    }

    /// Returns an empty buffer in which a message can be put together, until the next call.
    ByteBuffer assembly(int length) {
        if (length > MAX_ASSEMBLY) {
            return ByteBuffer.allocate(length);
        }
        if (assembly.capacity() < length) {
            int shift = Integer.SIZE - Integer.numberOfLeadingZeros(length - 1);
            assembly = ByteBuffer.allocate(1 << shift);
        }
        return assembly.clear();
    }
}
