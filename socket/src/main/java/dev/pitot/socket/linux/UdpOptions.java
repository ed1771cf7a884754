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

/// Sets a UDP socket up, as iperf does (iperf_udp.c: iperf_udp_connect, iperf_udp_accept;
/// iperf_api.c: iperf_init_stream); each refusal has iperf's error. Settings that are absent are
/// left to the system, but for buffers.
final class UdpOptions {
    private static final int BUFFER_EXTRA = 1024; // iperf_udp.h: UDP_BUFFER_EXTRA
    private static final int LONGEST_BLOCK = 65_535; // what the kernel joins (IP's length field has 16 bits)
    private static final int V4_HEADER_BYTES = 20 + 8; // RFC 791, 3.1 without options; RFC 768
    private static final int V6_HEADER_BYTES = 40 + 8; // RFC 8200, 3; RFC 768

    private UdpOptions() {}

    /// Applies all of a setup but its local address, its flow label and what a socket can only
    /// be asked when it is connected.
    static void apply(int fd, UdpSetup setup, InetSocketAddress remote) throws SocketException {
        NetworkOptions.bindDevice(fd, setup.device());
        if (setup.settings().windowBytes() == 0) {
            raiseBuffers(fd, setup.datagrams());
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

    private static void raiseBuffers(int fd, UdpSetup.Datagrams datagrams) throws SocketException {
        int block = BUFFER_EXTRA + (datagrams.settings().offload() ? LONGEST_BLOCK : datagrams.bytes());
        raise(fd, SocketOptions.SO_SNDBUF, block);
        raise(fd, SocketOptions.SO_RCVBUF, Math.max(block, UdpSetup.DEFAULT_RECEIVE_BYTES));
    }

    /// Makes room for what comes while a thread has no processor.
    static void raiseReceiveBuffer(int fd) throws SocketException {
        raise(fd, SocketOptions.SO_RCVBUF, UdpSetup.DEFAULT_RECEIVE_BYTES);
    }

    /// Raises a buffer as far as the kernel allows. Its limit for those who ask may be below what
    /// it gives to those who do not (net.core.rmem_max, rmem_default), and once asked there is no
    /// way back, so another socket is asked first.
    private static void raise(int fd, int option, int bytes) throws SocketException {
        long given = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, option), IperfError.SET_BUFFER);
        if (given < bytes && granted(option, bytes) > given) {
            NetworkOptions.set(fd, SOL_SOCKET, option, bytes, IperfError.SET_BUFFER);
        }
    }

    private static long granted(int option, int bytes) throws SocketException {
        try (Descriptor trial = SocketCalls.open(SocketAddresses.AF_INET, SocketCalls.SOCK_DGRAM, 0)) {
            int fd = trial.enter();
            SocketOptions.set(fd, SOL_SOCKET, option, bytes);
            long granted = SocketOptions.get(fd, SOL_SOCKET, option);
            trial.leave(fd);
            return granted;
        }
    }

    /// Has the kernel cut and join datagrams, if it can: it cuts none that the path would cut
    /// again.
    ///
    /// @param fd connected
    /// @return whether it does
    static boolean offload(int fd, UdpSetup.Datagrams datagrams, InetSocketAddress remote) {
        if (!datagrams.settings().offload() || datagrams.bytes() > longestUncut(fd, remote)) {
            return false;
        }
        boolean cuts = SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_SEGMENT, datagrams.bytes()) >= 0;
        boolean joins = SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_GRO, 1) >= 0;
        if (!cuts || !joins) { // both or none: a kernel that lacks one refuses this too
            SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_SEGMENT, 0);
            SocketOptions.set(fd, SOL_UDP, SocketOptions.UDP_GRO, 0);
        }
        return cuts && joins;
    }

    /// Bytes of a datagram that fit into one packet, as far as the kernel knows the path.
    private static long longestUncut(int fd, InetSocketAddress remote) {
        return isV4(remote)
                ? SocketOptions.get(fd, IPPROTO_IP, SocketOptions.IP_MTU) - V4_HEADER_BYTES
                : SocketOptions.get(fd, IPPROTO_IPV6, SocketOptions.IPV6_MTU) - V6_HEADER_BYTES;
    }

    private static boolean isV4(InetSocketAddress remote) {
        return remote.getAddress() instanceof Inet4Address;
    }
}
