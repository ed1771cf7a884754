package dev.pitot.socket.portable;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;

/// Which version of IP addresses are of.
final class IpVersions {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private IpVersions() {}

    /// The version that a channel needs in order to reach an address.
    ///
    /// @throws IllegalArgumentException if its name was not resolved
    static StandardProtocolFamily of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    /// A local address for a channel of `version`: Java's wildcard has a version of its own, but
    /// means any.
    static InetSocketAddress localFor(StandardProtocolFamily version, InetSocketAddress local) throws IOException {
        if (of(local) != version && local.getAddress().isAnyLocalAddress()) {
            byte[] anywhere = new byte[version == StandardProtocolFamily.INET ? V4_BYTES : V6_BYTES];
            return new InetSocketAddress(InetAddress.getByAddress(anywhere), local.getPort());
        }
        return local;
    }
}
