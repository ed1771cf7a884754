package dev.pitot.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// A listening TCP socket. One thread accepts.
public interface TcpListener extends Closeable {
    /// Waits for the next connection.
    ///
    /// @throws SocketException if the listener broke or, transiently, if a connection could not
    ///     be taken (out of descriptors, peer gone again)
    /// @throws java.net.SocketTimeoutException if `patience` ran out
    TcpConnection accept(Patience patience) throws IOException;

    /// Has the SYN-ACKs of connections that come from now on carry an IPv6 traffic class, with which
    /// these connections begin; 0 for none. Nothing happens where the system cannot: over IPv4, at a
    /// listener for MPTCP, and with `java.nio`. Any thread.
    void trafficClass(int trafficClass);

    /// Where it listens, with the port that the system chose if none was given.
    InetSocketAddress local();

    @Override
    void close();
}
