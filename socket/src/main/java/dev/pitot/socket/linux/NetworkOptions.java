package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IP;
import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IPV6;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;

import dev.pitot.model.config.Pacing;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Socket options common to all transports; each failure has iperf's error. Settings that are
/// absent keep the system default.
final class NetworkOptions {
    private static final int BITS_PER_BYTE = 8;

    private NetworkOptions() {}

    static void bindDevice(int fd, @Nullable String device) throws SocketException {
        if (device != null) {
            SystemError.check(
                    SocketOptions.set(fd, SOL_SOCKET, SocketOptions.SO_BINDTODEVICE, device), IperfError.BIND_DEVICE);
        }
    }

    /// Sets both buffers.
    ///
    /// @param bytes 0 does nothing
    /// @throws SocketException also if the kernel grants less
    static void setBuffers(int fd, int bytes) throws SocketException {
        if (bytes != 0) {
            setBuffer(fd, SocketOptions.SO_RCVBUF, bytes);
            setBuffer(fd, SocketOptions.SO_SNDBUF, bytes);
        }
    }

    /// Linux doubles the requested size and silently reduces it to its limit (socket(7)), so the
    /// result is read back.
    private static void setBuffer(int fd, int option, int bytes) throws SocketException {
        set(fd, SOL_SOCKET, option, bytes, IperfError.SET_BUFFER);
        long actual = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, option), IperfError.SET_BUFFER);
        if (actual < bytes) {
            throw new SocketException(
                    0, "requested " + bytes + " bytes, the system granted " + actual, IperfError.BUFFER_TOO_SMALL);
        }
    }

    /// Returns the current buffer sizes.
    static BufferSizes buffers(int fd) throws SocketException {
        long send = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_SNDBUF));
        long receive = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_RCVBUF));
        return new BufferSizes((int) send, (int) receive);
    }

    /// Has the kernel hold a rate (SO_MAX_PACING_RATE), which is in bytes and at least 1: 0 would be no
    /// limit.
    static void pace(int fd, Pacing pacing) throws SocketException {
        Bitrate rate = pacing.fairQueueRate();
        if (!rate.isUnlimited()) {
            SystemError.check(
                    SocketOptions.setLong(
                            fd,
                            SOL_SOCKET,
                            SocketOptions.SO_MAX_PACING_RATE,
                            Math.ceilDiv(rate.bitsPerSecond(), BITS_PER_BYTE)),
                    IperfError.SET_PACING);
        }
    }

    /// Sets the type of service, or the IPv6 traffic class. An accepted connection inherits its
    /// listener's traffic class, so that is reset if none is requested.
    ///
    /// @param tos 0 for none
    /// @param remote address of the peer: an IPv6 socket may be connected to an IPv4 peer
    static void setTypeOfService(int fd, int tos, InetSocketAddress remote) throws SocketException {
        long domain = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_DOMAIN));
        boolean isV6 = domain == SocketAddresses.AF_INET6;
        if (isV6 && (tos != 0 || SocketOptions.get(fd, IPPROTO_IPV6, SocketOptions.IPV6_TCLASS) > 0)) {
            set(fd, IPPROTO_IPV6, SocketOptions.IPV6_TCLASS, tos, IperfError.SET_TRAFFIC_CLASS);
        }
        if (tos != 0 && remote.getAddress() instanceof Inet4Address) {
            set(fd, IPPROTO_IP, SocketOptions.IP_TOS, tos, IperfError.SET_TOS);
        }
    }

    /// Sets an int option.
    ///
    /// @param error error to report if it fails
    static void set(int fd, int level, int option, int value, IperfError error) throws SocketException {
        SystemError.check(SocketOptions.set(fd, level, option, value), error);
    }
}
