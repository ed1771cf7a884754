package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pitot.socket.WaitPolicy;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.jspecify.annotations.Nullable;

/// I/O calls of one direction of a connection, with preallocated memory so that they need not
/// allocate. Calls wait at most one slice and return the kernel's result, or −errno, which is
/// EAGAIN if the slice has passed. One thread at a time.
final class SocketIo {
    // linux/socket.h
    static final int MSG_PEEK = 2;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;

    private final MemorySegment errno;
    private final MemorySegment offset;
    private final MemorySegment question; // struct pollfd
    private final MemorySegment timeout; // struct timespec
    private @Nullable ByteBuffer buffer;
    private long bufferAddress;

    /// Allocates memory that lives as long as this object.
    SocketIo() {
        Arena arena = Arena.ofAuto();
        errno = SystemCall.errno(arena);
        offset = arena.allocate(JAVA_LONG);
        question = arena.allocate(PollWaiter.POLLFD_BYTES, JAVA_LONG.byteAlignment());
        timeout = arena.allocate(PollWaiter.TIMESPEC_BYTES, JAVA_LONG.byteAlignment());
    }

    /// Returns the address of a buffer's next byte. Looks the address up only if the buffer has
    /// changed since the last call, and keeps the buffer alive.
    ///
    /// @param block direct; its memory must not be freed explicitly (as by an arena) while it is
    ///     used here
    /// @throws IllegalArgumentException if `block` is not direct
    @SuppressWarnings("ReferenceEquality") // identity of the memory, not equality of the bytes
    long addressOf(ByteBuffer block) {
        if (block != buffer) {
            remember(block);
        }
        return bufferAddress + block.position();
    }

    /// Like `addressOf`, for a buffer to write to.
    ///
    /// @throws ReadOnlyBufferException if it is read-only
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
        if (sent == -SystemError.EAGAIN && !mayWait && awaitRoom(fd)) {
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

    /// Sends part of a file. A broken connection raises SIGPIPE here, which the JVM ignores.
    long sendFile(int fd, int file, int from, int count) throws InterruptedIOException {
        // sendfile has no flag for not waiting
        if (Thread.currentThread().isVirtual() && !awaitRoom(fd)) {
            return -SystemError.EAGAIN;
        }
        offset.set(JAVA_LONG, 0, from);
        long sent;
        do {
            sent = SystemCall.SENDFILE.call(errno, fd, file, offset.address(), count, 0);
        } while (sent == -SystemError.EINTR);
        return sent;
    }

    /// Receives from any sender.
    ///
    /// @param flags 0, or any of [#MSG_PEEK], [#MSG_TRUNC] and [#MSG_DONTWAIT], which disables
    ///     waiting
    long receive(int fd, long address, int count, int flags) throws InterruptedIOException {
        boolean mayWait = !Thread.currentThread().isVirtual();
        long received = receiveOnce(fd, address, count, mayWait ? flags : flags | MSG_DONTWAIT);
        boolean shallWait = !mayWait && (flags & MSG_DONTWAIT) == 0;
        if (received == -SystemError.EAGAIN && shallWait && awaitData(fd)) {
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

    /// Waits until something can be received, or a time has passed.
    ///
    /// @param nanos less than a second
    void awaitInput(int fd, long nanos) {
        question.set(JAVA_INT, 0, fd);
        question.set(JAVA_SHORT, PollWaiter.EVENTS_OFFSET, PollWaiter.POLLIN);
        timeout.set(JAVA_LONG, 0, 0); // the kernel has written the rest of the last one
        timeout.set(JAVA_LONG, PollWaiter.NANOS_OFFSET, nanos);
        SystemCall.PPOLL.call(errno, question.address(), 1, timeout.address());
    }

    /// Waits at most one slice for room to send.
    ///
    /// @return true if there is room, or the connection broke
    static boolean awaitRoom(int fd) throws InterruptedIOException {
        return PollWaiter.awaitRoom(fd, WaitPolicy.MAX_SLICE_MILLIS);
    }

    private static boolean awaitData(int fd) throws InterruptedIOException {
        return PollWaiter.await(fd, PollWaiter.POLLIN, WaitPolicy.MAX_SLICE_MILLIS);
    }
}
