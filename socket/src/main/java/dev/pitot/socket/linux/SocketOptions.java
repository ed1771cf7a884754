package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.model.text.SurrogateEscape;
import dev.pitot.socket.SocketException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// Socket options, names and queue sizes. Results are the kernel's: 0 or more, or −errno. Any
/// thread; allocates.
final class SocketOptions {
    // asm-generic/socket.h
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_ERROR = 4;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_KEEPALIVE = 9;
    static final int SO_RCVLOWAT = 18;
    static final int SO_RCVTIMEO = 20;
    static final int SO_SNDTIMEO = 21;
    static final int SO_BINDTODEVICE = 25;
    static final int SO_TIMESTAMPING = 37; // SO_TIMESTAMPING_OLD: 64-bit times on 64-bit systems
    static final int SO_PROTOCOL = 38;
    static final int SO_DOMAIN = 39;
    static final int SO_MAX_PACING_RATE = 47;
    static final int SO_MEMINFO = 55;
    // linux/in.h, linux/in6.h
    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_PMTUDISC_DO = 2;
    static final int IP_MTU = 14;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_MTU = 24;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_TCLASS = 67;
    // linux/tcp.h
    static final int IPPROTO_TCP = 6;
    static final int TCP_NODELAY = 1;
    static final int TCP_MAXSEG = 2;
    static final int TCP_KEEPIDLE = 4;
    static final int TCP_KEEPINTVL = 5;
    static final int TCP_KEEPCNT = 6;
    static final int TCP_INFO = 11;
    static final int TCP_CONGESTION = 13;
    static final int TCP_USER_TIMEOUT = 18;
    // linux/udp.h
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;
    // asm-generic/ioctls.h, linux/sockios.h
    static final int SIOCOUTQ = 0x5411;
    static final int FIONREAD = 0x541B;
    static final int FIONBIO = 0x5421;

    private static final int SK_MEMINFO_DROPS = 8; // linux/sock_diag.h: index of the drops; Linux 4.12
    private static final int TIMEVAL_BYTES = 16; // struct timeval: long seconds, long micros
    private static final int MICROS_OFFSET = 8;
    private static final long MICROS_PER_MILLI = 1000;

    private SocketOptions() {}

    static long set(int fd, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return set(fd, level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    static long set(int fd, int level, int option, String value) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = SurrogateEscape.encode(value);
            return set(fd, level, option, arena.allocateFrom(JAVA_BYTE, bytes));
        }
    }

    static long setLong(int fd, int level, int option, long value) {
        try (Arena arena = Arena.ofConfined()) {
            return set(fd, level, option, arena.allocateFrom(JAVA_LONG, value));
        }
    }

    /// Sets SO_RCVTIMEO or SO_SNDTIMEO.
    ///
    /// @param millis less than 1000
    static long setTimeout(int fd, int option, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(TIMEVAL_BYTES, JAVA_LONG.byteAlignment());
            time.set(JAVA_LONG, MICROS_OFFSET, millis * MICROS_PER_MILLI);
            return set(fd, SOL_SOCKET, option, time);
        }
    }

    /// Sets an option of any type.
    static long set(int fd, int level, int option, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.SETSOCKOPT.call(
                    SystemCall.errno(arena), fd, level, option, value.address(), value.byteSize());
        }
    }

    /// Returns the value of an int option.
    ///
    /// @return the value, which is 0 or more for every option read here, or −errno
    static long get(int fd, int level, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            long length = get(fd, level, option, value);
            return length < 0 ? length : value.get(JAVA_INT, 0);
        }
    }

    /// Reads an option of any type.
    ///
    /// @param value receives the value
    /// @return number of bytes that the kernel wrote, or −errno
    static long get(int fd, int level, int option, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            long result = SystemCall.GETSOCKOPT.call(
                    SystemCall.errno(arena), fd, level, option, value.address(), length.address());
            return result < 0 ? result : length.get(JAVA_INT, 0);
        }
    }

    /// Reads a number by ioctl.
    ///
    /// @return 0 or more, or −errno
    static long query(int fd, int request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(JAVA_INT);
            long result = SystemCall.IOCTL.call(SystemCall.errno(arena), fd, request, answer.address());
            return result < 0 ? result : answer.get(JAVA_INT, 0);
        }
    }

    /// Returns the number of datagrams dropped because the receive buffer was full.
    ///
    /// @return 0 or more, or −1 if unknown
    static long receiveDrops(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate((SK_MEMINFO_DROPS + 1) * (long) Integer.BYTES, Integer.BYTES);
            long length = get(fd, SOL_SOCKET, SO_MEMINFO, values);
            return length < values.byteSize()
                    ? -1
                    : Integer.toUnsignedLong(values.getAtIndex(JAVA_INT, SK_MEMINFO_DROPS));
        }
    }

    /// Makes a non-blocking socket blocking.
    static long setBlocking(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment off = arena.allocateFrom(JAVA_INT, 0);
            return SystemCall.IOCTL.call(SystemCall.errno(arena), fd, FIONBIO, off.address());
        }
    }

    /// Returns the socket's local address.
    static InetSocketAddress localName(int fd) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SocketAddresses.MAX_BYTES, JAVA_INT.byteAlignment());
            MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddresses.MAX_BYTES);
            SystemError.check(
                    SystemCall.GETSOCKNAME.call(SystemCall.errno(arena), fd, name.address(), length.address()));
            return SocketAddresses.decode(name);
        }
    }
}
