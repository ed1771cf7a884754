package dev.pitot.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// UDP port that receives datagrams of unknown senders. Used by one thread, except for `close`.
public interface UdpListener extends Closeable {
    /// Waits at most one slice ([WaitPolicy#MAX_SLICE_MILLIS]) for a datagram of a sender without a
    /// connected socket.
    ///
    /// @param datagram direct; its position advances by the bytes that fit
    /// @return address of the sender; null if there was no datagram within a slice
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the listener failed or is closed
    @Nullable InetSocketAddress receive(ByteBuffer datagram) throws IOException;

    /// Ignores longer datagrams from now on. On Linux the kernel drops them, so that they take no
    /// space in the receive buffer; elsewhere `receive` may return them, truncated.
    ///
    /// @param bytes length of the longest datagram to accept
    void ignoreLonger(int bytes);

    /// Opens a connected socket for one sender, at the port of this listener, which receives all of
    /// its further datagrams; earlier ones may still be returned by `receive`. Datagrams of others
    /// that reach the new socket before it is connected are returned by `receive` later.
    ///
    /// @param setup its `local` is the address that the sender wrote to, with any port; null for
    ///     the address of this listener
    /// @throws SocketException with the system's reason
    UdpConnection connect(InetSocketAddress sender, UdpSetup setup) throws IOException;

    /// Local address, with the port that the system chose if none was given.
    InetSocketAddress local();

    /// Frees the port and wakes a blocked `receive`. Any thread; idempotent.
    @Override
    void close();
}
