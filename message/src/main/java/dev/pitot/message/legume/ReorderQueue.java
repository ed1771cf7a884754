package dev.pitot.message.legume;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Messages with legume's in-order bit that came before their turn: at most 64, copied. One
/// thread.
final class ReorderQueue {
    private static final int LIMIT = 64;
    private static final int FIRST_SEQUENCE = 2; // the original's first

    private final byte[] @Nullable [] early = new byte[LIMIT][];
    private int expected = FIRST_SEQUENCE;
    private int size;

    /// How far ahead of its turn a message is: 0 it is its turn, less than 0 it was delivered.
    int ahead(int sequence) {
        return (short) (sequence - expected);
    }

    boolean hasRoom(int ahead) {
        return ahead < LIMIT;
    }

    void keep(int sequence, ByteBuffer payload) {
        int slot = sequence & LIMIT - 1;
        if (early[slot] == null) {
            byte[] copy = new byte[payload.remaining()];
            payload.get(payload.position(), copy);
            early[slot] = copy;
            size++;
        }
    }

    /// The expected one was delivered.
    void onDelivered() {
        expected = expected + 1 & 0xFFFF;
    }

    /// The message whose turn it is, if it came early; it is taken out.
    @Nullable ByteBuffer take() {
        int slot = expected & LIMIT - 1;
        byte @Nullable [] payload = early[slot];
        if (payload == null) {
            return null;
        }
        early[slot] = null;
        size--;
        return ByteBuffer.wrap(payload);
    }

    int size() {
        return size;
    }
}
