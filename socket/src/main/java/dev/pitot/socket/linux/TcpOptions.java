package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IP;
import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IPV6;
import static dev.pitot.socket.linux.SocketOptions.IPPROTO_TCP;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;

import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpSetup;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Sets a TCP socket up, in iperf's order (iperf_tcp.c: iperf_tcp_connect); each refusal has
/// iperf's error. Settings that are absent are left to the system.
final class TcpOptions {
    private static final int BITS_PER_BYTE = 8;

    private TcpOptions() {}

    /// Applies all of a setup but its local address.
    ///
    /// @param remote the other end: an IPv6 socket may be connected to an IPv4 peer
    /// @throws SocketException naming the option that the system refused
    static void apply(int fd, TcpSetup setup, InetSocketAddress remote) throws SocketException {
        SocketSettings settings = setup.settings();
        bindDevice(fd, setup.device());
        if (settings.noDelay()) {
            set(fd, IPPROTO_TCP, SocketOptions.TCP_NODELAY, 1, IperfError.SET_NO_DELAY);
        }
        if (settings.mss() != 0) {
            set(fd, IPPROTO_TCP, SocketOptions.TCP_MAXSEG, settings.mss(), IperfError.SET_MSS);
        }
        if (settings.windowBytes() != 0) {
            setBuffer(fd, SocketOptions.SO_RCVBUF, settings.windowBytes());
            setBuffer(fd, SocketOptions.SO_SNDBUF, settings.windowBytes());
        }
        if (!setup.userTimeout().isZero()) {
            int millis = Math.toIntExact(setup.userTimeout().toMillis());
            set(fd, IPPROTO_TCP, SocketOptions.TCP_USER_TIMEOUT, millis, IperfError.SET_USER_TIMEOUT);
        }
        if (!setup.fairQueueRate().isUnlimited()) {
            long bytesPerSecond = setup.fairQueueRate().bitsPerSecond() / BITS_PER_BYTE;
            SystemError.check(
                    SocketOptions.setLong(fd, SOL_SOCKET, SocketOptions.SO_MAX_PACING_RATE, bytesPerSecond),
                    IperfError.SET_PACING);
        }
        if (settings.tos() != 0) {
            setTypeOfService(fd, settings.tos(), remote);
        }
        setCongestion(fd, settings.congestion());
    }

    private static void bindDevice(int fd, @Nullable String device) throws SocketException {
        if (device != null) {
            SystemError.check(
                    SocketOptions.set(fd, SOL_SOCKET, SocketOptions.SO_BINDTODEVICE, device), IperfError.BIND_DEVICE);
        }
    }

    /// Linux doubles what is asked for and cuts it to its limit without a word (socket(7)),
    /// hence the look back.
    private static void setBuffer(int fd, int option, int bytes) throws SocketException {
        set(fd, SOL_SOCKET, option, bytes, IperfError.SET_BUFFER);
        long actual = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, option), IperfError.SET_BUFFER);
        if (actual < bytes) {
            throw new SocketException(
                    0, "asked for " + bytes + " bytes, the system grants " + actual, IperfError.BUFFER_TOO_SMALL);
        }
    }

    private static void setTypeOfService(int fd, int tos, InetSocketAddress remote) throws SocketException {
        long domain = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_DOMAIN));
        if (domain == SocketAddresses.AF_INET6) {
            set(fd, IPPROTO_IPV6, SocketOptions.IPV6_TCLASS, tos, IperfError.SET_TRAFFIC_CLASS);
        }
        if (remote.getAddress() instanceof Inet4Address) {
            set(fd, IPPROTO_IP, SocketOptions.IP_TOS, tos, IperfError.SET_TOS);
        }
    }

    private static void setCongestion(int fd, @Nullable String algorithm) throws SocketException {
        if (algorithm != null) {
            SystemError.check(
                    SocketOptions.set(fd, IPPROTO_TCP, SocketOptions.TCP_CONGESTION, algorithm), IperfError.CONGESTION);
        }
    }

    private static void set(int fd, int level, int option, int value, IperfError error) throws SocketException {
        SystemError.check(SocketOptions.set(fd, level, option, value), error);
    }
}
