package dev.pitot.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Connected UDP socket: sends to and receives from its peer only. One thread sends and one thread
/// receives. Both wait at most one slice ([WaitPolicy#MAX_SLICE_MILLIS]) and allocate nothing.
public non-sealed interface UdpConnection extends Connection {
    /// Sends a direct buffer; its position advances by the bytes that the kernel accepted: all or
    /// none. With offload ([#hasOffload()]) the kernel segments it into
    /// datagrams of [UdpSetup.Datagrams#bytes()], of which only the last may be shorter; otherwise
    /// it is one datagram. An empty buffer sends nothing.
    ///
    /// @return bytes accepted; 0 if there was no room in the kernel within a slice, if the kernel
    ///     had no memory (ENOBUFS), or if it refused so many datagrams: [#datagramsPerCall()] is less then
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the peer's port is unreachable (ECONNREFUSED), the datagram is
    ///     too long for the path (EMSGSIZE), or `shutdown` was called
    int send(ByteBuffer datagrams) throws IOException;

    /// Receives into a direct buffer; its position advances by the bytes that fit. That is one
    /// datagram, or with offload ([#hasOffload()]) possibly several
    /// consecutive ones of the same length, of which only the last may be shorter. Bytes that do
    /// not fit are lost. A full buffer receives nothing. After `shutdown` it does not wait, but
    /// still returns datagrams of a peer that continues to send, so a caller that must stop needs
    /// its own limit.
    ///
    /// @return bytes received, which may be more than fit if the family reports them
    ///     ([SocketFamily.Feature#SKIP_RECEIVE_COPY]); 0 if there was no datagram within a slice,
    ///     or an empty one; −1 after `shutdown` once all received datagrams are read
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException as `send`
    int receive(ByteBuffer block) throws IOException;

    /// Like `receive`, but waits no longer than a given time. For platform threads: a virtual one keeps
    /// its carrier.
    ///
    /// @param nanos 0 to one slice; portable sockets wait in whole milliseconds, at least one unless 0
    int receive(ByteBuffer block, long nanos) throws IOException;

    /// Like `receive`, but leaves the datagram in place: the next call returns it again. May
    /// allocate.
    int peek(ByteBuffer block) throws IOException;

    /// Receives without waiting.
    ///
    /// @return as `receive`
    int receiveNow(ByteBuffer block) throws IOException;

    /// Kernel memory in bytes of sent datagrams that have not left this machine, waiting in a queue
    /// of the kernel or of a network card (SIOCOUTQ), or −1 if unknown.
    long unsentBytes();

    /// Datagrams that the kernel dropped because this socket's receive buffer was full, since it was
    /// opened (SO_MEMINFO, SK_MEMINFO_DROPS), or −1 if unknown.
    long receiveDrops();

    /// Maximum number of datagrams of one call of `send`, 1 without offload. Becomes less when the kernel refuses
    /// to segment: old kernels take 64, and some devices and tunnels do not support it. For the sending thread.
    default int datagramsPerCall() {
        return 1;
    }

    /// True if the kernel segments and coalesces datagrams for this socket: if requested and
    /// supported. It does not segment datagrams that are too long for the path.
    boolean hasOffload();
}
