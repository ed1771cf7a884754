package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.Transport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;

/// SCTP-only socket options (RFC 6458, 8; numbers from linux/sctp.h), set in iperf's order
/// (iperf_sctp.c: iperf_sctp_connect); each failure has iperf's error.
final class SctpOptions {
    private static final int SOL_SCTP = 132;
    private static final int SCTP_INITMSG = 2;
    private static final int SCTP_NODELAY = 3;
    private static final int SCTP_DISABLE_FRAGMENTS = 8;
    private static final int SCTP_MAXSEG = 13;
    private static final int SCTP_SOCKOPT_BINDX_ADD = 100;

    private static final int INITMSG_BYTES = 8; // struct sctp_initmsg: four u16, the outgoing streams first
    private static final int ASSOC_VALUE_BYTES = 8; // struct sctp_assoc_value: s32 association, u32 value
    private static final int VALUE_OFFSET = 4;

    private SctpOptions() {}

    /// Applies the options that must be set before the association is made.
    static void apply(int fd, SocketSettings settings, Transport.Sctp sctp) throws SocketException {
        if (settings.noDelay()) {
            NetworkOptions.set(fd, SOL_SCTP, SCTP_NODELAY, 1, IperfError.SET_NO_DELAY);
        }
        try (Arena arena = Arena.ofConfined()) {
            if (settings.mss() != 0) {
                SystemError.check(
                        SocketOptions.set(fd, SOL_SCTP, SCTP_MAXSEG, futureMaxSegment(settings.mss(), arena)),
                        IperfError.SET_MSS);
            }
            if (sctp.streams() != 0) {
                SystemError.check(
                        SocketOptions.set(fd, SOL_SCTP, SCTP_INITMSG, outgoingStreams(sctp.streams(), arena)),
                        IperfError.SET_SCTP_STREAMS);
            }
        }
    }

    /// Association 0 is the future one (SCTP_FUTURE_ASSOC).
    private static MemorySegment futureMaxSegment(int mss, Arena arena) {
        MemorySegment value = arena.allocate(ASSOC_VALUE_BYTES, JAVA_INT.byteAlignment());
        value.set(JAVA_INT, VALUE_OFFSET, mss);
        return value;
    }

    private static MemorySegment outgoingStreams(int streams, Arena arena) {
        MemorySegment message = arena.allocate(INITMSG_BYTES, JAVA_SHORT.byteAlignment());
        message.set(JAVA_SHORT, 0, (short) streams);
        return message;
    }

    /// Allows messages longer than a packet. This is the default, but iperf sets it as well and
    /// ignores systems without the option.
    static void allowFragments(int fd) throws SocketException {
        long result = SocketOptions.set(fd, SOL_SCTP, SCTP_DISABLE_FRAGMENTS, 0);
        if (result != -SystemError.ENOPROTOOPT) {
            SystemError.check(result, IperfError.SET_SCTP_FRAGMENTS);
        }
    }

    /// Binds to additional local addresses.
    ///
    /// @param port 0 for any or, if a port is already bound, for that one
    static void bind(int fd, List<InetSocketAddress> addresses, int port) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            SystemError.check(SocketOptions.set(fd, SOL_SCTP, SCTP_SOCKOPT_BINDX_ADD, packed(addresses, port, arena)));
        }
    }

    /// Returns consecutive socket addresses, each with the length of its family.
    static MemorySegment packed(List<InetSocketAddress> addresses, int port, Arena arena) {
        List<MemorySegment> encoded = addresses.stream()
                .map(address -> SocketAddresses.encode(new InetSocketAddress(address.getAddress(), port), arena))
                .toList();
        long bytes = encoded.stream().mapToLong(MemorySegment::byteSize).sum();
        MemorySegment row = arena.allocate(bytes, JAVA_INT.byteAlignment());
        long offset = 0;
        for (MemorySegment address : encoded) {
            MemorySegment.copy(address, JAVA_BYTE, 0, row, JAVA_BYTE, offset, address.byteSize());
            offset += address.byteSize();
        }
        return row;
    }
}
