package dev.pitot.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A UDP port at which strangers knock. Used by one thread, but for `close`.
public interface UdpListener extends Closeable {
    /// Waits at most one slice ([Patience#MAX_SLICE_MILLIS]) for a datagram of somebody who has
    /// no connection of his own yet.
    ///
    /// @param datagram direct; its position moves by what fitted
    /// @return whose datagram it is; null if a slice passed without one
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the listener broke or is closed
    @Nullable InetSocketAddress receive(ByteBuffer datagram) throws IOException;

    /// Ignores longer datagrams from now on. On Linux the kernel does, so that they take nothing of
    /// the buffer in which short ones wait; elsewhere they may come out of `receive`, cut off.
    ///
    /// @param bytes of the longest datagram that is wanted
    void ignoreLonger(int bytes);

    /// Opens a socket of its own for one stranger, at the port of this listener, to which all of
    /// his further datagrams go; what he sent before may still come out of `receive`. Datagrams
    /// of others that reach the new socket before it has its peer are given out by `receive`
    /// later.
    ///
    /// @param setup its `local` is the address that the stranger wrote to, whatever its port;
    ///     null means that of this listener
    /// @throws SocketException with the system's reason
    UdpConnection connect(InetSocketAddress stranger, UdpSetup setup) throws IOException;

    /// Where it listens, with the port that the system chose if none was given.
    InetSocketAddress local();

    /// Frees the port and wakes who receives. Any thread; does nothing the second time.
    @Override
    void close();
}
