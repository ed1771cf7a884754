package dev.pitot.socket;

import dev.pitot.model.result.BufferSizes;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// What data connections of every protocol have in common. Safe for any thread unless said
/// otherwise.
public sealed interface Connection extends Closeable permits TcpConnection, UdpConnection {
    /// This end; an IPv4 address even if the listener was of IPv6.
    InetSocketAddress local();

    /// The other end, likewise.
    InetSocketAddress remote();

    /// What the kernel grants (SO_SNDBUF, SO_RCVBUF): what was asked for, or the size that a
    /// connection begins with, and not what the kernel makes of it while data flow.
    ///
    /// @throws SocketException if the connection is closed
    BufferSizes buffers() throws IOException;

    /// Ends both directions and wakes blocked calls. Any thread; does nothing the second time.
    void shutdown();

    /// Frees the socket. Only the owner, when no other thread uses it any more; does nothing the
    /// second time.
    @Override
    void close();
}
