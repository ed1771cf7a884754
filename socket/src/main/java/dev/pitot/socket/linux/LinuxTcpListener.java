package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// Listening socket in non-blocking mode: waits in slices, and queries the wait policy before each
/// of them. One thread accepts, any may close.
final class LinuxTcpListener implements TcpListener {
    private final Descriptor socket;
    private final InetSocketAddress local;
    private final BufferSizes buffers;
    private volatile boolean isShutDown; // the kernel then returns EINVAL

    /// Takes ownership of a listening, non-blocking socket.
    ///
    /// @param buffers initial buffer sizes of connections
    LinuxTcpListener(Descriptor socket, InetSocketAddress local, BufferSizes buffers) {
        this.socket = socket;
        this.local = local;
        this.buffers = buffers;
    }

    @Override
    public TcpConnection accept(WaitPolicy waitPolicy) throws IOException {
        int fd = socket.acquire();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errno(arena);
            MemorySegment name = arena.allocate(SocketAddresses.MAX_BYTES, JAVA_INT.byteAlignment());
            MemorySegment length = arena.allocate(JAVA_INT);
            long accepted = accept(errno, fd, name, length);
            while (accepted == -SystemError.EAGAIN || accepted == -SystemError.EINTR) {
                PollWaiter.await(fd, PollWaiter.POLLIN, waitPolicy.nextSliceMillis());
                accepted = accept(errno, fd, name, length);
            }
            if (accepted < 0 && isShutDown) {
                var _ = waitPolicy.nextSliceMillis(); // says why nobody is accepted any more
            }
            return connection(SystemError.check(accepted), SocketAddresses.decode(name));
        } finally {
            socket.release(fd);
        }
    }

    private static long accept(MemorySegment errno, int fd, MemorySegment name, MemorySegment length) {
        length.set(JAVA_INT, 0, SocketAddresses.MAX_BYTES);
        return SystemCall.ACCEPT4.call(errno, fd, name.address(), length.address(), SocketCalls.SOCK_CLOEXEC, 0);
    }

    private TcpConnection connection(long accepted, InetSocketAddress remote) throws SocketException {
        Descriptor socket = new Descriptor(accepted);
        int fd = socket.acquire();
        try {
            return new LinuxTcpConnection(ConnectedSocket.of(socket, fd, remote), buffers);
        } catch (SocketException | RuntimeException | Error e) { // the caller does not have the socket yet
            socket.close();
            throw e;
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public void trafficClass(int trafficClass) {
        if (local.getAddress() instanceof Inet6Address) {
            int fd = socket.acquire();
            try { // fails on an MPTCP listener, as documented in the interface
                SocketOptions.set(fd, SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_TCLASS, trafficClass);
            } finally {
                socket.release(fd);
            }
        }
    }

    @Override
    public void shutdown() {
        isShutDown = true;
        int fd = socket.acquire();
        try {
            SocketCalls.shutdown(fd, SocketCalls.SHUT_RDWR);
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public void close() {
        socket.close();
    }
}
