package dev.pitot.socket;

import dev.pitot.model.result.BufferSizes;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Data connection of any protocol. Thread-safe unless stated otherwise.
public sealed interface Connection extends Closeable permits TcpConnection, UdpConnection {
    /// Local address; IPv4 for an IPv4 peer even if the listener is IPv6.
    InetSocketAddress local();

    /// Address of the peer; IPv4 for an IPv4 peer even if the listener is IPv6.
    InetSocketAddress remote();

    /// Buffer sizes granted by the kernel (SO_SNDBUF, SO_RCVBUF): the requested sizes, or those
    /// that a connection starts with, not what the kernel changes them to during the transfer.
    ///
    /// @throws SocketException if the connection is closed
    BufferSizes buffers() throws IOException;

    /// Ends both directions and wakes blocked calls. Any thread; idempotent.
    void shutdown();

    /// Closes the socket. Only the owner may call it, when no other thread uses the socket any
    /// more; idempotent.
    @Override
    void close();
}
