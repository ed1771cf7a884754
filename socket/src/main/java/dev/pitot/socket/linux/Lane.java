package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.socket.Patience;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.jspecify.annotations.Nullable;

/// One direction of a connection, with what it keeps so that its calls need not allocate. Calls
/// wait at most one slice and answer as the kernel does: the result, or −errno, which is EAGAIN
/// if the slice has passed. One thread at a time.
final class Lane {
    // linux/socket.h
    static final int MSG_PEEK = 2;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final MemorySegment errno;
    private final MemorySegment offset;
    private @Nullable ByteBuffer buffer;
    private long bufferAddress;

    /// Its memory lives as long as this does.
    Lane() {
        Arena arena = Arena.ofAuto();
        errno = SystemCall.errno(arena);
        offset = arena.allocate(JAVA_LONG);
    }

    /// Where the next byte of a buffer is. Asks only when the buffer is another than last time,
    /// and keeps it alive.
    ///
    /// @param block direct; its memory must not be freed by hand (as an arena does) while it is
    ///     used here
    /// @throws IllegalArgumentException if `block` is not direct
    @SuppressWarnings("ReferenceEquality") // the very same memory, not the same bytes
    long addressOf(ByteBuffer block) {
        if (block != buffer) {
            remember(block);
        }
        return bufferAddress + block.position();
    }

    /// As `addressOf`, for a buffer that is going to be written to.
    ///
    /// @throws ReadOnlyBufferException if it cannot
    long writableAddressOf(ByteBuffer block) {
        if (block.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return addressOf(block);
    }

    private void remember(ByteBuffer block) {
        if (!block.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + block);
        }
        bufferAddress = MemorySegment.ofBuffer(block.duplicate().clear()).address();
        buffer = block;
    }

    long send(int fd, long address, int count) throws InterruptedIOException {
        boolean mayWait = !Thread.currentThread().isVirtual();
        long sent = sendOnce(fd, address, count, mayWait ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent == -SystemError.EAGAIN && !mayWait && awaitSlice(fd, Readiness.POLLOUT)) {
            sent = sendOnce(fd, address, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        return sent;
    }

    private long sendOnce(int fd, long address, int count, int flags) {
        long sent;
        do {
            sent = SystemCall.SENDTO.call(errno, fd, address, count, flags, 0);
        } while (sent == -SystemError.EINTR);
        return sent;
    }

    /// Sends part of a file. A broken connection raises SIGPIPE here, which the Java VM ignores.
    long sendFile(int fd, int file, int from, int count) throws InterruptedIOException {
        // sendfile cannot be told not to wait
        if (Thread.currentThread().isVirtual() && !awaitSlice(fd, Readiness.POLLOUT)) {
            return -SystemError.EAGAIN;
        }
        offset.set(JAVA_LONG, 0, from);
        long sent;
        do {
            sent = SystemCall.SENDFILE.call(errno, fd, file, offset.address(), count, 0);
        } while (sent == -SystemError.EINTR);
        return sent;
    }

    /// Receives from whomever.
    ///
    /// @param flags 0, or any of [#MSG_PEEK], [#MSG_TRUNC] and [#MSG_DONTWAIT], with which it
    ///     does not wait at all
    long receive(int fd, long address, int count, int flags) throws InterruptedIOException {
        boolean mayWait = !Thread.currentThread().isVirtual();
        long received = receiveOnce(fd, address, count, mayWait ? flags : flags | MSG_DONTWAIT);
        boolean shallWait = !mayWait && (flags & MSG_DONTWAIT) == 0;
        if (received == -SystemError.EAGAIN && shallWait && awaitSlice(fd, Readiness.POLLIN)) {
            received = receiveOnce(fd, address, count, flags | MSG_DONTWAIT);
        }
        return received;
    }

    private long receiveOnce(int fd, long address, int count, int flags) {
        long received;
        do {
            received = SystemCall.RECVFROM.call(errno, fd, address, count, flags, 0);
        } while (received == -SystemError.EINTR);
        return received;
    }

    private static boolean awaitSlice(int fd, short events) throws InterruptedIOException {
        return Readiness.await(fd, events, Patience.MAX_SLICE_MILLIS);
    }
}
