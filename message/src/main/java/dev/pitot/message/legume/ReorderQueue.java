package dev.pitot.message.legume;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages with legume's in-order bit that came before their turn: at most 64, copied. One
/// thread.
final class ReorderQueue {
    private static final int LIMIT = 64;
    private static final int FIRST_SEQUENCE = 2; // the original's first

    private final Map<Integer, byte[]> early = new HashMap<>(); // by sequence number
    private int expected = FIRST_SEQUENCE;

    /// Returns how far ahead of its turn a message is: 0 it is its turn, less than 0 it was delivered.
    int ahead(int sequence) {
        return (short) (sequence - expected);
    }

    boolean hasRoom(int ahead) {
        return ahead < LIMIT;
    }

    void keep(int sequence, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        early.putIfAbsent(sequence, copy);
    }

    /// The expected one was delivered.
    void onDelivered() {
        expected = expected + 1 & 0xFFFF;
    }

    /// The message whose turn it is, if it came early; it is taken out.
    @Nullable ByteBuffer take() {
        byte[] payload = early.remove(expected);
        return payload == null ? null : ByteBuffer.wrap(payload);
    }

    int size() {
        return early.size();
    }
}
