package dev.pitot.probe.rpm;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes of an upload between this program and the socket. The JDK's client queues whatever the server's window
/// permits, without regard to the socket, so that a probe would wait behind megabytes of its own program;
/// [UploadPublisher] keeps this queue short. Safe for any thread.
final class SendQueue {
    /// Bytes that may wait: two TLS records of 16 KiB, so that there is one while the next is made.
    static final long MAX_BYTES = 32 << 10;

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong encrypted = new AtomicLong();
    private volatile boolean isMeasured;
    private volatile Runnable onRoom = () -> {};

    /// Sets what is called, on any thread, after bytes have left the queue.
    void onRoom(Runnable action) {
        onRoom = action;
    }

    /// The connection is HTTP/2 over TLS, so that [#left] is called. Otherwise the client's own demand is the limit.
    void measured() {
        isMeasured = true;
    }

    /// A new upload begins. What an earlier one published and did not send any more would take its room.
    void restart() {
        if (isMeasured) {
            published.set(encrypted.get());
        }
    }

    void published(long bytes) {
        published.addAndGet(bytes);
    }

    /// Bytes have been encrypted, which the client does at the pace of the socket.
    void left(long bytes) {
        encrypted.addAndGet(bytes);
        onRoom.run();
    }

    boolean hasRoom() {
        return !isMeasured || published.get() - encrypted.get() < MAX_BYTES;
    }

    /// Returns the bytes that were given to the socket.
    long sent() {
        return isMeasured ? encrypted.get() : published.get();
    }
}
