package dev.pitot.socket.portable;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;

/// IP versions of addresses.
final class AddressFamilies {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private AddressFamilies() {}

    /// Returns the IP version that a channel needs to reach an address.
    ///
    /// @throws IllegalArgumentException if its name is not resolved
    static StandardProtocolFamily of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    /// Returns a local address for a channel of `version`: Java's wildcard address has one version,
    /// but stands for any.
    static InetSocketAddress localFor(StandardProtocolFamily version, InetSocketAddress local) throws IOException {
        if (of(local) != version && local.getAddress().isAnyLocalAddress()) {
            byte[] anywhere = new byte[version == StandardProtocolFamily.INET ? V4_BYTES : V6_BYTES];
            return new InetSocketAddress(InetAddress.getByAddress(anywhere), local.getPort());
        }
        return local;
    }
}
