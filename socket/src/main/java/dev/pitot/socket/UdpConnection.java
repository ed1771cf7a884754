package dev.pitot.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A UDP socket that knows its peer: it sends to nobody else and hears nobody else. One thread
/// sends and one thread receives. Both wait at most one slice ([Patience#MAX_SLICE_MILLIS]) and
/// allocate nothing.
public non-sealed interface UdpConnection extends Connection {
    /// Sends a direct buffer, whose position moves by what the kernel took: all or nothing. With
    /// [dev.pitot.model.config.DatagramSettings#offload()] the kernel cuts it into datagrams of
    /// [UdpSetup.Datagrams#bytes()], of which only the last may be shorter; else it is one
    /// datagram. An empty buffer sends nothing.
    ///
    /// @return bytes taken; 0 if a slice passed without room in the kernel, or the kernel had no
    ///     memory (ENOBUFS)
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the peer's system said that nobody listens there
    ///     (ECONNREFUSED), the datagram is too long for the path (EMSGSIZE), or `shutdown` was
    ///     called
    int send(ByteBuffer datagrams) throws IOException;

    /// Receives into a direct buffer, whose position moves by what fitted into it. That is one
    /// datagram, or with [dev.pitot.model.config.DatagramSettings#offload()] possibly several of the
    /// same length in a row, of which only the last may be shorter. What does not fit is lost. A buffer without
    /// room receives nothing. After `shutdown` it waits no more, but a peer who sends on is still
    /// heard: whoever must leave needs a limit of his own.
    ///
    /// @return bytes that arrived, which may be more than fitted where the family can tell
    ///     ([SocketFamily.Feature#SKIP_RECEIVE_COPY]); 0 if a slice passed without any, or the
    ///     datagram was empty; −1 once `shutdown` was called and nothing that came is left
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException as `send`
    int receive(ByteBuffer block) throws IOException;

    /// As `receive`, but the datagram stays: the next call finds it again. May allocate.
    int peek(ByteBuffer block) throws IOException;

    /// Receives what is there already, without waiting.
    ///
    /// @return as `receive`
    int receiveNow(ByteBuffer block) throws IOException;

    /// Bytes of memory that datagrams take which were sent and have not left this machine yet, since they wait
    /// in a queue of the kernel or of a network card (SIOCOUTQ), or −1 where it cannot be known.
    long unsentBytes();

    /// Whether the kernel cuts and joins datagrams for this socket: what was asked for, unless
    /// the kernel cannot. It does not cut datagrams that are too long for the path.
    boolean hasOffload();
}
