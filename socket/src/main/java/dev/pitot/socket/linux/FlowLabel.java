package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IPV6;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Flow label of an IPv6 connection (RFC 6437): it is leased from the kernel for one destination,
/// and passed in the address that a socket is connected to (linux/in6.h; iperf_tcp.c:
/// iperf_tcp_connect).
final class FlowLabel {
    private static final int IPV6_FLOWLABEL_MGR = 32;
    private static final int IPV6_FLOWINFO_SEND = 33;

    // struct in6_flowlabel_req
    private static final int REQUEST_BYTES = 32;
    private static final int LABEL_OFFSET = 16; // after the destination
    private static final int SHARE_OFFSET = 21;
    private static final int FLAGS_OFFSET = 22;
    private static final byte IPV6_FL_S_ANY = (byte) 255; // any process may use it
    private static final short IPV6_FL_F_CREATE = 1;

    private FlowLabel() {}

    /// Sets the label of all packets of a connection before it is made.
    ///
    /// @param label 0 does nothing
    /// @param remote encoded address to connect to, in which the label is set
    /// @throws SocketException (error 127) if the address is IPv4, or the kernel rejects the label
    static void use(int fd, int label, MemorySegment remote) throws SocketException {
        if (label == 0) {
            return;
        }
        if (!SocketAddresses.isV6(remote)) {
            throw SystemError.of(SystemError.EAFNOSUPPORT, IperfError.SET_FLOW_LABEL);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(REQUEST_BYTES, JAVA_INT.byteAlignment()); // action 0: IPV6_FL_A_GET
            MemorySegment.copy(SocketAddresses.v6Host(remote), 0, request, 0, LABEL_OFFSET);
            request.set(SocketAddresses.NETWORK_INT, LABEL_OFFSET, label);
            request.set(JAVA_BYTE, SHARE_OFFSET, IPV6_FL_S_ANY);
            request.set(JAVA_SHORT, FLAGS_OFFSET, IPV6_FL_F_CREATE);
            SystemError.check(
                    SocketOptions.set(fd, IPPROTO_IPV6, IPV6_FLOWLABEL_MGR, request), IperfError.SET_FLOW_LABEL);
        }
        SocketAddresses.setFlowLabel(remote, label);
        NetworkOptions.set(fd, IPPROTO_IPV6, IPV6_FLOWINFO_SEND, 1, IperfError.SET_FLOW_LABEL);
    }
}
