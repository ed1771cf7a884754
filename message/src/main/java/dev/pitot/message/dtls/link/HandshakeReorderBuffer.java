package dev.pitot.message.dtls.link;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the records of a handshake in the order in which they were sent, each once. They are
/// counted from 0 in each epoch and repeated unchanged, so that a gap is always filled at last.
///
/// The platform's engine could do without on a good path. But it fails when a datagram of a last
/// flight is late or lost: it then checks what came without what is missing.
final class HandshakeReorderBuffer {
    /// Limit of how far a record may be ahead of what is missing: a longest flight.
    static final int MAX_AHEAD = 64;

    /// After the record that changes the epoch only one more belongs to a handshake.
    private static final int MAX_NEXT_EPOCH = 4;

    /// Of an array and its entry, as a 64-bit JVM lays them out, rounded up.
    private static final int ENTRY_BYTES = 96;

    private final Map<Long, byte[]> early = new HashMap<>();
    private int epoch;
    private long next;
    private long heldBytes;

    /// Takes a record, which is copied, unless it came before or is too far ahead.
    void offer(ByteBuffer valid) {
        int its = DtlsRecords.epoch(valid);
        long number = DtlsRecords.number(valid);
        boolean isNear = its == epoch
                ? number >= next && number - next < MAX_AHEAD
                : its == epoch + 1 && number < MAX_NEXT_EPOCH;
        if (isNear) {
            byte[] copy = new byte[valid.remaining()];
            valid.get(valid.position(), copy);
            heldBytes += early.putIfAbsent(key(its, number), copy) == null ? ENTRY_BYTES + copy.length : 0;
        }
    }

    /// Returns the bytes of memory that early records take.
    long heldBytes() {
        return heldBytes;
    }

    /// The next record if it has come.
    @Nullable ByteBuffer poll() {
        byte[] record = early.remove(key(epoch, next));
        if (record == null) {
            return null;
        }
        heldBytes -= ENTRY_BYTES + record.length;
        next++;
        if (record[0] == DtlsRecords.CHANGE_CIPHER_SPEC) {
            epoch++;
            next = 0;
        }
        return ByteBuffer.wrap(record);
    }

    private static long key(int epoch, long number) {
        return (long) epoch << 48 | number;
    }
}
