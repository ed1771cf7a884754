package dev.pitot.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Listening TCP socket. One thread accepts.
public interface TcpListener extends Closeable {
    /// Longest slice of [#accept(WaitPolicy)]: longer than those of other calls, so that a listener that is
    /// idle costs little. [#shutdown()] ends it, except that of an MPTCP listener before Linux 5.17.
    int MAX_SLICE_MILLIS = 990;

    /// Waits for the next connection.
    ///
    /// @param waitPolicy slices of 1..[#MAX_SLICE_MILLIS]
    /// @throws SocketException if the listener failed or, temporarily, if a connection could not be
    ///     accepted (out of descriptors, peer already disconnected)
    /// @throws java.net.SocketTimeoutException if the policy's time has passed
    TcpConnection accept(WaitPolicy waitPolicy) throws IOException;

    /// Sets the IPv6 traffic class of the SYN-ACKs of future connections, which these connections
    /// inherit; 0 for none. Does nothing where unsupported: over IPv4, on an MPTCP listener, and
    /// with `java.nio`. Any thread.
    void trafficClass(int trafficClass);

    /// Ends accepting. A wait in `accept`, or the next one, ends at once: its policy is queried and says why, or
    /// the call fails. Does nothing once the listener is closed. Any thread.
    void shutdown();

    /// Local address, with the port that the system chose if none was given.
    InetSocketAddress local();

    @Override
    void close();
}
