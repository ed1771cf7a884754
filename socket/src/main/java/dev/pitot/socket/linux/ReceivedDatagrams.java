package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.socket.WaitPolicy;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// Receives datagrams together with their senders: recvmsg(2), which needs few arguments because
/// most are in memory. One thread at a time.
final class ReceivedDatagrams {
    // struct msghdr of 64 bits
    private static final int HEADER_BYTES = 56;
    private static final int NAME_OFFSET = 0;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int VECTOR_OFFSET = 16;
    private static final int VECTOR_LENGTH_OFFSET = 24;
    // struct iovec
    private static final int VECTOR_BYTES = 16;
    private static final int COUNT_OFFSET = 8;

    private final MemorySegment errno;
    private final MemorySegment header;
    private final MemorySegment vector;
    private final MemorySegment name;

    ReceivedDatagrams(Arena arena) {
        errno = SystemCall.errno(arena);
        header = arena.allocate(HEADER_BYTES, JAVA_LONG.byteAlignment());
        vector = arena.allocate(VECTOR_BYTES, JAVA_LONG.byteAlignment());
        name = arena.allocate(SocketAddresses.MAX_BYTES, JAVA_INT.byteAlignment());
        header.set(JAVA_LONG, NAME_OFFSET, name.address());
        header.set(JAVA_LONG, VECTOR_OFFSET, vector.address());
        header.set(JAVA_LONG, VECTOR_LENGTH_OFFSET, 1);
    }

    /// Waits at most one slice for a datagram.
    ///
    /// @param address address of the buffer
    /// @param count size of the buffer in bytes
    /// @return length of the datagram, even if less fits, or −errno: EAGAIN if there was none
    ///     within the slice
    long receive(int fd, long address, int count) throws InterruptedIOException {
        boolean mayWait = !Thread.currentThread().isVirtual();
        long received = receive(fd, address, count, mayWait ? 0 : SocketIo.MSG_DONTWAIT);
        if (received == -SystemError.EAGAIN
                && !mayWait
                && PollWaiter.await(fd, PollWaiter.POLLIN, WaitPolicy.MAX_SLICE_MILLIS)) {
            received = receiveNow(fd, address, count);
        }
        return received;
    }

    /// Like `receive`, without waiting.
    long receiveNow(int fd, long address, int count) {
        return receive(fd, address, count, SocketIo.MSG_DONTWAIT);
    }

    private long receive(int fd, long address, int count, int flags) {
        vector.set(JAVA_LONG, 0, address);
        vector.set(JAVA_LONG, COUNT_OFFSET, count);
        long received;
        do {
            header.set(JAVA_INT, NAME_LENGTH_OFFSET, SocketAddresses.MAX_BYTES);
            received = SystemCall.RECVMSG.call(errno, fd, header.address(), flags | SocketIo.MSG_TRUNC);
        } while (received == -SystemError.EINTR);
        return received;
    }

    /// True if the last call received a datagram, even an empty one, and was not only woken up.
    boolean hasSender() {
        return header.get(JAVA_INT, NAME_LENGTH_OFFSET) != 0;
    }

    /// Returns the sender of the last datagram.
    InetSocketAddress sender() {
        return SocketAddresses.decode(name);
    }
}
