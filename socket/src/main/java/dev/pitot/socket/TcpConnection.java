package dev.pitot.socket;

import dev.pitot.model.config.KeepAlive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A connected TCP socket, or one of another transport that carries a stream of bytes. One thread
/// sends and one thread receives; `shutdown` and the questions may come from any. Sending and
/// receiving wait at most one slice ([Patience#MAX_SLICE_MILLIS]) and allocate nothing.
public non-sealed interface TcpConnection extends Connection {
    /// Sends from a direct buffer, whose position moves by what the kernel took.
    ///
    /// @return bytes taken: 0 if a slice passed without room, fewer than remaining if there was
    ///     room for that many
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the connection broke or `shutdown` was called
    int send(ByteBuffer block) throws IOException;

    /// Sends part of a zero-copy block.
    ///
    /// @return bytes taken, as for the other `send`
    int send(ZeroCopyBlock block, int offset, int count) throws IOException;

    /// Receives into a direct buffer, whose position moves by what arrived.
    ///
    /// @return bytes that arrived; 0 if a slice passed without any; −1 if the peer has ended its
    ///     side or `shutdown` was called
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the connection broke
    int receive(ByteBuffer block) throws IOException;

    /// Receives without copying: what arrived is gone (MSG_TRUNC). Not over SCTP, which always
    /// copies.
    ///
    /// @param count the most that may be taken, at least 1
    /// @return as `receive`
    /// @throws UnsupportedOperationException if the family cannot
    ///     ([SocketFamily.Feature#SKIP_RECEIVE_COPY])
    int discard(int count) throws IOException;

    /// Applies settings to an accepted connection, as far as they still make sense on one.
    ///
    /// @throws SocketException naming the option that the system refused
    void apply(TcpSetup setup) throws IOException;

    /// The congestion control in use, or null where it cannot be known.
    @Nullable String congestion();

    /// TCP_MAXSEG in bytes, or 0 where it cannot be known.
    int mss();

    /// The times of keep-alive in force, the system's own among them.
    ///
    /// @throws dev.pitot.model.error.InvalidSettingException (error 36) if the time before the
    ///     first probe is not longer than all probes take, which some systems cannot do
    /// @throws SocketException if the family cannot tell
    KeepAlive keepAlive() throws IOException;

    /// The kernel's view, or null where it cannot be known. Allocates: for interval ends, not
    /// for the hot loop.
    @Nullable TcpInfo info();

    /// The smoothed round trip (RFC 6298) as the kernel knows it; ZERO where it cannot be known.
    default Duration roundTrip() {
        TcpInfo info = info();
        return info == null
                ? Duration.ZERO
                : Duration.of(info.sample().roundTrip().smoothedMicros(), ChronoUnit.MICROS);
    }

    /// Bytes sent that the peer has not acknowledged yet (SIOCOUTQ), or −1 where it cannot be
    /// known.
    long unacknowledgedBytes();

    /// Bytes that arrived and were not received yet (FIONREAD), or −1 where it cannot be known.
    long unreadBytes();

    /// Ends the sending direction: the peer reads the end of the stream after the last byte. Any
    /// thread; errors are ignored, since whoever says goodbye is past caring.
    void shutdownOutput();
}
