package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Encoding of socket addresses for the kernel: struct sockaddr_in and sockaddr_in6 (ip(7),
/// ipv6(7)).
final class SocketAddresses {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    /// Size of the larger one.
    static final int MAX_BYTES = 28;

    /// An int in network byte order.
    static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PORT_OFFSET = 2;
    private static final int V4_ADDRESS_OFFSET = 4;
    private static final int V4_ADDRESS_BYTES = 4;
    private static final int V4_BYTES = 16;
    private static final int V6_FLOW_OFFSET = 4;
    private static final int V6_ADDRESS_OFFSET = 8;
    private static final int V6_ADDRESS_BYTES = 16;
    private static final int V6_SCOPE_OFFSET = 24;
    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}; // RFC 4291, 2.5.5.2

    private SocketAddresses() {}

    /// Returns the address family that a socket needs to reach `address`.
    ///
    /// @throws IllegalArgumentException if its name is not resolved
    static int familyOf(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
        return address.getAddress() instanceof Inet4Address ? AF_INET : AF_INET6;
    }

    /// Encodes an address in its own family.
    static MemorySegment encode(InetSocketAddress address, Arena arena) {
        InetAddress host = address.getAddress();
        boolean isV4 = familyOf(address) == AF_INET;
        MemorySegment encoded = arena.allocate(isV4 ? V4_BYTES : MAX_BYTES, JAVA_INT.byteAlignment());
        encoded.set(JAVA_SHORT, 0, (short) familyOf(address));
        encoded.set(NETWORK_SHORT, PORT_OFFSET, (short) address.getPort());
        byte[] bytes = host.getAddress();
        MemorySegment.copy(bytes, 0, encoded, JAVA_BYTE, isV4 ? V4_ADDRESS_OFFSET : V6_ADDRESS_OFFSET, bytes.length);
        if (host instanceof Inet6Address v6) {
            encoded.set(JAVA_INT, V6_SCOPE_OFFSET, v6.getScopeId());
        }
        return encoded;
    }

    /// Encodes a local address for a socket of `family`: Java's wildcard address has one family,
    /// but stands for any.
    static MemorySegment encodeLocal(InetSocketAddress local, int family, Arena arena) {
        if (familyOf(local) != family && local.getAddress().isAnyLocalAddress()) {
            byte[] anywhere = new byte[family == AF_INET ? V4_ADDRESS_BYTES : V6_ADDRESS_BYTES];
            return encode(new InetSocketAddress(address(anywhere, 0), local.getPort()), arena);
        }
        return encode(local, arena);
    }

    /// True if an encoded address is IPv6.
    static boolean isV6(MemorySegment encoded) {
        return encoded.get(JAVA_SHORT, 0) == AF_INET6;
    }

    /// Returns the host of an encoded IPv6 address.
    static MemorySegment v6Host(MemorySegment encoded) {
        return encoded.asSlice(V6_ADDRESS_OFFSET, V6_ADDRESS_BYTES);
    }

    /// Sets the flow label of an encoded IPv6 address.
    static void setFlowLabel(MemorySegment encoded, int label) {
        encoded.set(NETWORK_INT, V6_FLOW_OFFSET, label);
    }

    /// Decodes an address from the kernel. An IPv4-mapped IPv6 address, as seen by a dual-stack
    /// listener, becomes IPv4.
    static InetSocketAddress decode(MemorySegment encoded) {
        int port = Short.toUnsignedInt(encoded.get(NETWORK_SHORT, PORT_OFFSET));
        if (!isV6(encoded)) {
            return new InetSocketAddress(address(bytes(encoded, V4_ADDRESS_OFFSET, V4_ADDRESS_BYTES), 0), port);
        }
        byte[] host = bytes(encoded, V6_ADDRESS_OFFSET, V6_ADDRESS_BYTES);
        return new InetSocketAddress(address(host, encoded.get(JAVA_INT, V6_SCOPE_OFFSET)), port);
    }

    private static byte[] bytes(MemorySegment encoded, int offset, int count) {
        return encoded.asSlice(offset, count).toArray(JAVA_BYTE);
    }

    private static InetAddress address(byte[] host, int scope) {
        try {
            boolean isMapped = host.length == V6_ADDRESS_BYTES
                    && Arrays.equals(host, 0, MAPPED_PREFIX.length, MAPPED_PREFIX, 0, MAPPED_PREFIX.length);
            return scope == 0 || isMapped
                    ? InetAddress.getByAddress(host)
                    : Inet6Address.getByAddress(null, host, scope);
        } catch (UnknownHostException impossible) { // only for lengths other than 4 and 16
            throw new AssertionError(impossible);
        }
    }
}
