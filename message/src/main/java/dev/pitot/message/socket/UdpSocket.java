package dev.pitot.message.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One end of datagrams: a socket, or a simulated one. One thread owns it; only [#wakeup()] and
/// [#close()] may come from others.
public interface UdpSocket extends AutoCloseable {
    /// Sends a datagram. What the network does to it is not reported; it throws nothing.
    ///
    /// @param datagram from position to limit, which stay
    /// @param to null if the port is connected: then to its peer
    /// @return false if there is no room for it now, or the port is closed
    boolean send(ByteBuffer datagram, @Nullable InetSocketAddress to);

    /// Hands over datagrams that have arrived, without waiting.
    ///
    /// @param most so many at most
    /// @return how many were handed over
    int receive(int most, DatagramHandler handler);

    /// Waits until a datagram is there, if it is reading, [#wakeup()] is called or the time is over; may return
    /// early without a reason, as it does if the thread is interrupted.
    ///
    /// @param nanos at most so long
    /// @param isReading false if a datagram is no reason to return, since nobody will receive it
    void await(long nanos, boolean isReading);

    /// Ends an [#await], the present one or else the next. Any thread.
    void wakeup();

    /// Returns the address that it is bound to.
    InetSocketAddress localAddress();

    /// Returns how often the system reported that nobody listens at the peer's port.
    long unreachable();

    /// Returns the counts since it was opened.
    SocketCounts counts();

    /// Closes it. Any thread, any number of times.
    @Override
    void close();
}
