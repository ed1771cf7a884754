package dev.pitot.message.link;

import java.nio.ByteBuffer;

/// Sends the datagrams of a connection.
@FunctionalInterface
public interface DatagramSender {
    /// Sends a datagram to the link's peer.
    ///
    /// @param datagram from position to limit; its owner's again afterwards
    /// @return false if the system has no room for it now: nothing more should be sent until
    ///     later, and this one counts as lost
    boolean send(ByteBuffer datagram);
}
