package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IPV6;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pitot.model.error.IperfError;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// System calls for opening sockets. Any thread; allocates.
final class SocketCalls {
    // linux/net.h
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SHUT_WR = 1;
    static final int SHUT_RDWR = 2;

    private static final int SOCK_NONBLOCK = 0x800;
    private static final int AF_UNIX = 1; // linux/socket.h

    private SocketCalls() {}

    /// Opens a non-blocking socket.
    ///
    /// @param protocol 0 for the default of the type
    static Descriptor open(int domain, int type, int protocol) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            return new Descriptor(SystemError.check(SystemCall.SOCKET.call(
                    SystemCall.errno(arena), domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol)));
        }
    }

    /// Allows binding a port that another socket uses or used recently.
    static void reuseAddress(int fd) throws SocketException {
        SystemError.check(SocketOptions.set(fd, SOL_SOCKET, SocketOptions.SO_REUSEADDR, 1), IperfError.REUSE_ADDRESS);
    }

    /// Opens two blocking sockets that are connected to each other.
    static List<Descriptor> openPair(int type) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, 2);
            SystemError.check(SystemCall.SOCKETPAIR.call(
                    SystemCall.errno(arena), AF_UNIX, type | SOCK_CLOEXEC, 0, numbers.address(), 0));
            return List.of(
                    new Descriptor(numbers.getAtIndex(JAVA_INT, 0)), new Descriptor(numbers.getAtIndex(JAVA_INT, 1)));
        }
    }

    /// Binds to a local address.
    static void bind(int fd, MemorySegment address) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            SystemError.check(SystemCall.BIND.call(SystemCall.errno(arena), fd, address.address(), address.byteSize()));
        }
    }

    /// Sets the options that a listener needs before it is bound.
    static void prepareListener(int fd, int domain, ListenSetup setup) throws SocketException {
        NetworkOptions.bindDevice(fd, setup.device());
        if (domain == SocketAddresses.AF_INET6) {
            SystemError.check(
                    SocketOptions.set(fd, IPPROTO_IPV6, SocketOptions.IPV6_V6ONLY, setup.onlyV6() ? 1 : 0),
                    IperfError.V6_ONLY);
        }
        reuseAddress(fd);
    }

    /// Connects, and waits in slices if necessary.
    static void connect(int fd, MemorySegment address, WaitPolicy waitPolicy) throws IOException {
        long result = connectNow(fd, address);
        while (result == -SystemError.EINPROGRESS || result == -SystemError.EALREADY || result == -SystemError.EINTR) {
            while (!PollWaiter.await(fd, PollWaiter.POLLOUT, waitPolicy.nextSliceMillis())) {}
            long failure = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_ERROR));
            SystemError.check(-failure);
            result = connectNow(fd, address); // checks for success: an error is reported only once
        }
        if (result != -SystemError.EISCONN) {
            SystemError.check(result);
        }
    }

    /// Connects without waiting.
    ///
    /// @return 0 if connected, or −errno
    static long connectNow(int fd, MemorySegment address) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.CONNECT.call(SystemCall.errno(arena), fd, address.address(), address.byteSize());
        }
    }

    /// Ends one direction, or both, and wakes the threads that wait in it. If repeated, or after
    /// the peer has disconnected, the kernel returns ENOTCONN, which is ignored.
    ///
    /// @param how [#SHUT_WR] or [#SHUT_RDWR]
    static void shutdown(int fd, int how) {
        try (Arena arena = Arena.ofConfined()) {
            SystemCall.SHUTDOWN.call(SystemCall.errno(arena), fd, how, 0);
        }
    }
}
