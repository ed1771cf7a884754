package dev.pitot.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Kernel's transmit timestamps of single writes of a TCP connection: when the last byte of a write
/// entered the queue of the network interface, left it, and was acknowledged. Belongs to the thread
/// that sends; allocates nothing. A connection has one such object; writes that are not sent through
/// it cost nothing more than before.
///
/// Each requested write has up to three answers, which wait in the socket's error queue until they
/// are read. The kernel discards answers if that queue is full (it shares SO_RCVBUF), or if two
/// requested writes become part of one packet. Answers may therefore be missing, and those of
/// different writes may be interleaved. A retransmitted packet is answered again.
///
/// Times are of the system's clock (CLOCK_REALTIME): a step of that clock between two answers is
/// part of their difference.
public interface TransmitTimestamps {
    /// Result of [#send(ByteBuffer)] if the kernel refuses to timestamp; nothing was sent.
    int REFUSED = -1;

    /// Point on the way of a write's last byte.
    enum Point {
        /// The packet enters the queue of the network interface (the packet scheduler): TCP has
        /// let it go, so waiting in the socket's own buffer is over. Tunnels and bridges have one
        /// queue, and one answer, each; the first answer is TCP's.
        QUEUED,
        /// The driver gives the packet to the network interface: the queue is behind it. Not every
        /// driver tells.
        SENT,
        /// The peer has acknowledged everything up to this byte. Acknowledgements are cumulative:
        /// if an earlier packet was lost, this includes its retransmission.
        ACKNOWLEDGED
    }

    /// Switches them on. Call it once, before the first write that shall be numbered.
    ///
    /// @return false if the transport or the kernel does not support them (only plain TCP of Linux
    ///     does), or if the connection is closed
    boolean start();

    /// Sends as [TcpConnection#send(ByteBuffer)] does, and requests timestamps of the last byte that
    /// the kernel accepts.
    ///
    /// @return bytes accepted, 0 if there was no room within a slice, or [#REFUSED]
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the connection broke or `shutdown` was called
    int send(ByteBuffer block) throws IOException;

    /// Reads the next answer without waiting; the three methods below return its parts.
    ///
    /// @return false if there is none, or if the connection is closed
    boolean next();

    /// Point that the byte has reached.
    Point point();

    /// Position of the write's last byte among all bytes sent since these timestamps were switched
    /// on, from 0: its lowest 32 bits.
    int position();

    /// Nanoseconds since 1970 by the system's clock.
    long nanos();
}
