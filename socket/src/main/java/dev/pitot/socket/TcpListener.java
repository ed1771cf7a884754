package dev.pitot.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// A listening TCP socket, used by one thread.
public interface TcpListener extends Closeable {
    /// Waits for the next connection.
    ///
    /// @throws SocketException if the listener broke or, transiently, if a connection could not
    ///     be taken (out of descriptors, peer gone again)
    /// @throws java.net.SocketTimeoutException if `patience` ran out
    TcpConnection accept(Patience patience) throws IOException;

    /// Where it listens, with the port that the system chose if none was given.
    InetSocketAddress local();

    @Override
    void close();
}
