package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IP;
import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IPV6;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;
import static dev.pitot.socket.linux.SocketOptions.SOL_UDP;

import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpSetup;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/// Options of a UDP socket, as set by iperf (iperf_udp.c: iperf_udp_connect, iperf_udp_accept;
/// iperf_api.c: iperf_init_stream); each failure has iperf's error. Settings that are absent keep
/// the system default, except for buffers.
final class UdpOptions {
    private static final int BUFFER_EXTRA = 1024; // iperf_udp.h: UDP_BUFFER_EXTRA
    private static final int LONGEST_BLOCK = 65_535; // coalescing limit: 16-bit IP length field
    private static final int V4_HEADER_BYTES = 20 + 8; // RFC 791, 3.1 without options; RFC 768
    private static final int V6_HEADER_BYTES = 40 + 8; // RFC 8200, 3; RFC 768

    private UdpOptions() {}

    /// Applies a setup except for its local address, its flow label and the options that require a
    /// connected socket.
    static void apply(int fd, UdpSetup setup, InetSocketAddress remote) throws SocketException {
        NetworkOptions.bindDevice(fd, setup.device());
        if (setup.settings().windowBytes() == 0) {
            raiseBuffers(fd, setup);
        } else {
            NetworkOptions.setBuffers(fd, setup.settings().windowBytes());
        }
        NetworkOptions.pace(fd, setup.pacing());
        NetworkOptions.setTypeOfService(fd, setup.settings().tos(), remote);
        if (setup.datagrams().settings().dontFragment() && isV4(remote)) {
            NetworkOptions.set(
                    fd,
                    IPPROTO_IP,
                    SocketOptions.IP_MTU_DISCOVER,
                    SocketOptions.IP_PMTUDISC_DO,
                    IperfError.SET_DONT_FRAGMENT);
        }
    }

    private static void raiseBuffers(int fd, UdpSetup setup) throws SocketException {
        int block = BUFFER_EXTRA
                + (setup.usesOffload() ? LONGEST_BLOCK : setup.datagrams().bytes());
        raise(fd, SocketOptions.SO_SNDBUF, block);
        raise(fd, SocketOptions.SO_RCVBUF, Math.max(block, UdpSetup.DEFAULT_RECEIVE_BYTES));
    }

    /// Raises the receive buffer for the time in which a thread is not scheduled.
    static void raiseReceiveBuffer(int fd) throws SocketException {
        raise(fd, SocketOptions.SO_RCVBUF, UdpSetup.DEFAULT_RECEIVE_BYTES);
    }

    /// Raises a buffer as far as the kernel allows. The limit for requested sizes may be below the
    /// default size (net.core.rmem_max, rmem_default), and a request cannot be undone, so it is
    /// first tried on another socket.
    private static void raise(int fd, int option, int bytes) throws SocketException {
        long given = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, option), IperfError.SET_BUFFER);
        if (given < bytes && granted(option, bytes) > given) {
            NetworkOptions.set(fd, SOL_SOCKET, option, bytes, IperfError.SET_BUFFER);
        }
    }

    private static long granted(int option, int bytes) throws SocketException {
        try (Descriptor trial = SocketCalls.open(SocketAddresses.AF_INET, SocketCalls.SOCK_DGRAM, 0)) {
            int fd = trial.acquire();
            SocketOptions.set(fd, SOL_SOCKET, option, bytes);
            long granted = SocketOptions.get(fd, SOL_SOCKET, option);
            trial.release(fd);
            return granted;
        }
    }

    /// Enables segmentation and coalescing of datagrams if the kernel supports it, and if the
    /// datagrams fit into one packet of the path.
    ///
    /// @param fd connected socket
    /// @return true if enabled
    static boolean offload(int fd, UdpSetup setup, InetSocketAddress remote) {
        int bytes = setup.datagrams().bytes();
        if (!setup.usesOffload() || bytes > longestUncut(fd, remote)) {
            return false;
        }
        boolean cuts = SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_SEGMENT, bytes) >= 0;
        boolean joins = SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_GRO, 1) >= 0;
        if (!cuts || !joins) { // both or none: a kernel that lacks one rejects this too
            SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_SEGMENT, 0);
            SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_GRO, 0);
        }
        return cuts && joins;
    }

    /// Returns the length of a datagram that fits into one packet, as far as the kernel knows the
    /// path MTU.
    private static long longestUncut(int fd, InetSocketAddress remote) {
        return isV4(remote)
                ? SocketOptions.get(fd, IPPROTO_IP, SocketOptions.IP_MTU) - V4_HEADER_BYTES
                : SocketOptions.get(fd, IPPROTO_IPV6, SocketOptions.IPV6_MTU) - V6_HEADER_BYTES;
    }

    private static boolean isV4(InetSocketAddress remote) {
        return remote.getAddress() instanceof Inet4Address;
    }
}
