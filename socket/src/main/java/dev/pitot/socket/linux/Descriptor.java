package dev.pitot.socket.linux;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/// File descriptor that is closed once, and only when no call uses it any more: the kernel reuses a
/// closed number for the next file, which a late call must not reach. Any thread; takes no lock,
/// and allocates only in `close`.
///
/// ```java
/// int fd = descriptor.acquire();
/// try {
///     // calls on fd
/// } finally {
///     descriptor.release(fd);
/// }
/// ```
final class Descriptor implements Closeable {
    private static final int NONE = -1; // all calls fail with EBADF
    private static final int CLOSED = Integer.MIN_VALUE;

    private final int number;
    private final MemorySegment errno = SystemCall.errno(Arena.ofAuto()); // so that closing allocates nothing
    private final AtomicInteger uses = new AtomicInteger(); // number of calls in progress, and the bit CLOSED

    /// Takes ownership of an open descriptor.
    Descriptor(long number) {
        this.number = Math.toIntExact(number);
    }

    /// Begins a use.
    ///
    /// @return the descriptor, or −1 if it is closed
    int acquire() {
        int before;
        do {
            before = uses.get();
            if (before < 0) {
                return NONE;
            }
        } while (!uses.compareAndSet(before, before + 1));
        return number;
    }

    /// Ends a use.
    ///
    /// @param entered what `acquire` returned
    void release(int entered) {
        if (entered != NONE && uses.decrementAndGet() == CLOSED) {
            free();
        }
    }

    /// Closes immediately or, if calls are in progress, when the last one ends.
    @Override
    public void close() {
        int before = uses.getAndUpdate(users -> users | CLOSED);
        if (before == 0) {
            free();
        }
    }

    /// The result is ignored: Linux frees the number even if it reports an error (close(2), notes).
    private void free() {
        SystemCall.CLOSE.call(errno, number, 0, 0);
    }
}
