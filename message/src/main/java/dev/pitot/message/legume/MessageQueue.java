package dev.pitot.message.legume;

import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Messages of one kind of channel, from when they are queued until they are confirmed, in a ring
/// of bytes that grows as needed. Messages leave for the first time in the order in which they
/// were queued and are let go in any order; the ring gets room again from its oldest end. One
/// thread.
///
/// A message lies at a position, which only grows and stays valid until the message is let go:
/// length of the payload (2 bytes), flags (1), sequence number (2), payload.
final class MessageQueue {
    static final int OVERHEAD_BYTES = 5;

    private static final int MIN_CAPACITY = 2_048;
    private static final int DONE = 0x8000; // in the length: let go, but something older is not
    private static final int LENGTH = 0x7FFF;

    private byte[] ring = new byte[0];
    private long head;
    private long unsent;
    private long tail;
    private int size;
    private long newest; // where the message is that was queued last
    private final Map<Long, CompletableFuture<Void>> confirmations = new HashMap<>(); // by position

    void add(ByteBuffer payload, int flags, int sequence) {
        int length = payload.remaining();
        reserve(OVERHEAD_BYTES + length);
        newest = tail;
        putByte(tail, length >> 8);
        putByte(tail + 1, length);
        putByte(tail + 2, flags);
        putByte(tail + 3, sequence >> 8);
        putByte(tail + 4, sequence);
        copyIn(tail + OVERHEAD_BYTES, payload, length);
        tail += OVERHEAD_BYTES + length;
        size++;
    }

    /// Completes a future when the message that was queued last is let go; exceptionally, if it never is.
    void whenConfirmed(CompletableFuture<Void> confirmed) {
        confirmations.put(newest, confirmed);
    }

    boolean hasUnsent() {
        return unsent != tail;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /// Returns the number of messages that were not let go.
    int size() {
        return size;
    }

    /// Returns the position of the message that leaves next.
    long unsent() {
        return unsent;
    }

    /// The next message has left.
    void onSent() {
        unsent = after(unsent);
    }

    /// Returns the position of the message behind this one.
    long after(long position) {
        return position + OVERHEAD_BYTES + length(position);
    }

    /// Returns the bytes of a payload.
    int length(long position) {
        return rawLength(position) & LENGTH;
    }

    boolean isReleased(long position) {
        return (rawLength(position) & DONE) != 0;
    }

    int flags(long position) {
        return byteAt(position + 2);
    }

    int sequence(long position) {
        return byteAt(position + 3) << 8 | byteAt(position + 4);
    }

    /// Returns the type, with which a payload begins.
    int type(long position) {
        return byteAt(position + OVERHEAD_BYTES);
    }

    void copyTo(ByteBuffer target, long position) {
        int length = length(position);
        int from = index(position + OVERHEAD_BYTES);
        int first = Math.min(length, ring.length - from);
        target.put(ring, from, first).put(ring, 0, length - first);
    }

    /// Forgets a message that was sent.
    void release(long position) {
        putByte(position, rawLength(position) >> 8 | DONE >> 8);
        size--;
        while (head != unsent && isReleased(head)) {
            head = after(head);
        }
        CompletableFuture<Void> confirmed = confirmations.isEmpty() ? null : confirmations.remove(position);
        if (confirmed != null) {
            confirmed.complete(null);
        }
    }

    /// Returns the bytes in use, of messages that were let go too if they lie behind one that was not.
    int usedBytes() {
        return (int) (tail - head);
    }

    /// Returns the bytes of memory that it takes, beside those that each connection always has.
    long heldBytes() {
        return ring.length > MIN_CAPACITY ? ring.length : usedBytes();
    }

    /// Gives back the memory of a burst that is over.
    void trim() {
        if (isEmpty() && ring.length > MIN_CAPACITY) {
            ring = new byte[0];
        }
    }

    void clear() {
        ring = new byte[0];
        head = tail;
        unsent = tail;
        size = 0;
        List<CompletableFuture<Void>> waiting = List.copyOf(confirmations.values());
        confirmations.clear();
        waiting.forEach(confirmed -> confirmed.completeExceptionally(ProtocolConnection.unconfirmed()));
    }

    private void reserve(int bytes) {
        int needed = usedBytes() + bytes;
        if (needed <= ring.length) {
            return;
        }
        byte[] old = ring;
        byte[] bigger = new byte[Math.max(MIN_CAPACITY, Integer.highestOneBit(needed - 1) << 1)];
        long position = head;
        while (position != tail) {
            int from = (int) position & old.length - 1;
            int to = (int) position & bigger.length - 1;
            int n = (int) Math.min(tail - position, Math.min(old.length - from, bigger.length - to));
            System.arraycopy(old, from, bigger, to, n);
            position += n;
        }
        ring = bigger;
    }

    private void copyIn(long position, ByteBuffer payload, int length) {
        int to = index(position);
        int first = Math.min(length, ring.length - to);
        payload.get(payload.position(), ring, to, first);
        payload.get(payload.position() + first, ring, 0, length - first);
    }

    private int rawLength(long position) {
        return byteAt(position) << 8 | byteAt(position + 1);
    }

    private int index(long position) {
        return (int) position & ring.length - 1;
    }

    private int byteAt(long position) {
        return ring[index(position)] & 0xFF;
    }

    private void putByte(long position, int value) {
        ring[index(position)] = (byte) value;
    }
}
