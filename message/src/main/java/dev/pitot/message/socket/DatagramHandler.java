package dev.pitot.message.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Receives the datagrams of a [UdpSocket].
@FunctionalInterface
public interface DatagramHandler {
    /// A datagram came.
    ///
    /// @param datagram from position to limit, only until this returns
    void datagram(ByteBuffer datagram, InetSocketAddress from);
}
