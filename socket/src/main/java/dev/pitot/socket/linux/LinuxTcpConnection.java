package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_TCP;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// A connected socket in blocking mode whose calls the kernel ends after one slice (SO_SNDTIMEO,
/// SO_RCVTIMEO). One thread sends, one receives, any may ask, shut down or close.
final class LinuxTcpConnection implements TcpConnection {
    // linux/socket.h
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private static final int CONGESTION_NAME_BYTES = 16; // linux/tcp.h: TCP_CA_NAME_MAX
    private static final long UNKNOWN = -1;

    private final Descriptor socket;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Lane sending = new Lane();
    private final Lane receiving = new Lane();

    private LinuxTcpConnection(Descriptor socket, InetSocketAddress local, InetSocketAddress remote) {
        this.socket = socket;
        this.local = local;
        this.remote = remote;
    }

    /// Takes a connected, blocking socket over; the caller keeps it if this fails.
    ///
    /// @param fd the number of `socket`
    static LinuxTcpConnection of(Descriptor socket, int fd, InetSocketAddress remote) throws SocketException {
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_SNDTIMEO, Patience.MAX_SLICE_MILLIS));
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_RCVTIMEO, Patience.MAX_SLICE_MILLIS));
        return new LinuxTcpConnection(socket, SocketOptions.localName(fd), remote);
    }

    @Override
    public int send(ByteBuffer block) throws IOException {
        long address = sending.addressOf(block);
        int count = block.remaining();
        if (count == 0) {
            return 0;
        }
        int fd = socket.enter();
        try {
            boolean mayWait = !Thread.currentThread().isVirtual();
            long sent = send(fd, address, count, mayWait);
            if (sent == -SystemError.EAGAIN && !mayWait && awaitSlice(fd, Readiness.POLLOUT)) {
                sent = send(fd, address, count, false);
            }
            int taken = moved(sent);
            block.position(block.position() + taken);
            return taken;
        } finally {
            socket.leave(fd);
        }
    }

    private long send(int fd, long address, int count, boolean mayWait) {
        int flags = mayWait ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT;
        long sent;
        do {
            sent = SystemCall.SENDTO.call(sending.errno(), fd, address, count, flags, 0);
        } while (sent == -SystemError.EINTR);
        return sent;
    }

    @Override
    public int send(ZeroCopyBlock block, int offset, int count) throws IOException {
        if (!(block instanceof LinuxZeroCopyBlock memory)) {
            throw new IllegalArgumentException("a block of another family: " + block);
        }
        Objects.checkFromIndexSize(offset, count, block.bytes());
        int fd = socket.enter();
        int file = memory.enter();
        try {
            // sendfile cannot be told not to wait
            if (Thread.currentThread().isVirtual() && !awaitSlice(fd, Readiness.POLLOUT)) {
                return 0;
            }
            return moved(sendFile(fd, file, offset, count));
        } finally {
            memory.leave(file);
            socket.leave(fd);
        }
    }

    /// A broken connection raises SIGPIPE here, which the Java VM ignores.
    private long sendFile(int fd, int file, int offset, int count) {
        long sent;
        do {
            sent = SystemCall.SENDFILE.call(sending.errno(), fd, file, sending.offset(offset), count, 0);
        } while (sent == -SystemError.EINTR);
        return sent;
    }

    @Override
    public int receive(ByteBuffer block) throws IOException {
        if (block.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        long address = receiving.addressOf(block);
        int count = block.remaining();
        if (count == 0) {
            return 0;
        }
        int fd = socket.enter();
        try {
            boolean mayWait = !Thread.currentThread().isVirtual();
            long received = receive(fd, address, count, mayWait);
            if (received == -SystemError.EAGAIN && !mayWait && awaitSlice(fd, Readiness.POLLIN)) {
                received = receive(fd, address, count, false);
            }
            if (received == 0) {
                return -1;
            }
            int arrived = moved(received);
            block.position(block.position() + arrived);
            return arrived;
        } finally {
            socket.leave(fd);
        }
    }

    private long receive(int fd, long address, int count, boolean mayWait) {
        int flags = mayWait ? 0 : MSG_DONTWAIT;
        long received;
        do {
            received = SystemCall.RECVFROM.call(receiving.errno(), fd, address, count, flags, 0);
        } while (received == -SystemError.EINTR);
        return received;
    }

    private static boolean awaitSlice(int fd, short events) throws IOException {
        return Readiness.await(fd, events, Patience.MAX_SLICE_MILLIS);
    }

    /// How many bytes a call moved: none if the slice has passed.
    private static int moved(long result) throws SocketException {
        return result == -SystemError.EAGAIN ? 0 : (int) SystemError.check(result);
    }

    @Override
    public void apply(TcpSetup setup) throws IOException {
        int fd = socket.enter();
        try {
            TcpOptions.apply(fd, setup, remote);
        } finally {
            socket.leave(fd);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public BufferSizes buffers() throws IOException {
        long send = SystemError.check(ask(fd -> SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_SNDBUF)));
        long receive = SystemError.check(ask(fd -> SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_RCVBUF)));
        return new BufferSizes((int) send, (int) receive);
    }

    @Override
    public @Nullable String congestion() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(CONGESTION_NAME_BYTES + 1L); // a 0 behind the longest name
            long length = ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_CONGESTION, name));
            return length < 0 ? null : name.getString(0);
        }
    }

    @Override
    public int mss() {
        return (int) Math.max(0, ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_MAXSEG)));
    }

    @Override
    public @Nullable TcpInfo info() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TcpInfoLayout.MAX_BYTES, Long.BYTES);
            long length = ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_INFO, info));
            return length < 0 ? null : TcpInfoLayout.decode(info.asSlice(0, length));
        }
    }

    @Override
    public long unacknowledgedBytes() {
        return Math.max(UNKNOWN, ask(fd -> SocketOptions.query(fd, SocketOptions.SIOCOUTQ)));
    }

    @Override
    public long unreadBytes() {
        return Math.max(UNKNOWN, ask(fd -> SocketOptions.query(fd, SocketOptions.FIONREAD)));
    }

    /// Asks the kernel while the socket cannot be closed.
    ///
    /// @return its answer, or −errno
    private long ask(IntToLongFunction question) {
        int fd = socket.enter();
        try {
            return question.applyAsLong(fd);
        } finally {
            socket.leave(fd);
        }
    }

    @Override
    public void shutdownOutput() {
        shutdown(SHUT_WR);
    }

    @Override
    public void shutdown() {
        shutdown(SHUT_RDWR);
    }

    /// The second time, or after the peer has gone, the kernel answers ENOTCONN, which changes nothing.
    private void shutdown(int how) {
        int fd = socket.enter();
        try (Arena arena = Arena.ofConfined()) {
            SystemCall.SHUTDOWN.call(SystemCall.errno(arena), fd, how, 0);
        } finally {
            socket.leave(fd);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
