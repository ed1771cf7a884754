package dev.pitot.socket;

import dev.pitot.model.config.KeepAlive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Connected TCP socket, or one of another byte-stream transport. One thread sends and one thread
/// receives; `shutdown` and the queries may be called from any. Sending and receiving wait at most
/// one slice ([WaitPolicy#MAX_SLICE_MILLIS]) and allocate nothing.
public non-sealed interface TcpConnection extends Connection {
    /// Sends from a direct buffer; its position advances by the bytes that the kernel accepted.
    ///
    /// @return bytes accepted: 0 if there was no room within a slice, fewer than remaining if there
    ///     was room only for these
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the connection broke or `shutdown` was called
    int send(ByteBuffer block) throws IOException;

    /// Sends part of a zero-copy block.
    ///
    /// @return bytes taken, as for the other `send`
    int send(ZeroCopyBlock block, int offset, int count) throws IOException;

    /// Returns new access to the kernel's transmit timestamps of this connection, not switched on yet;
    /// null if the family does not support them.
    default @Nullable TransmitTimestamps transmitTimestamps() {
        return null;
    }

    /// Receives into a direct buffer; its position advances by the bytes received.
    ///
    /// @return bytes received; 0 if there were none within a slice; −1 if the peer has closed its
    ///     side or `shutdown` was called
    /// @throws IllegalArgumentException if the buffer is not direct
    /// @throws SocketException if the connection broke
    int receive(ByteBuffer block) throws IOException;

    /// Receives without copying: received data is discarded (MSG_TRUNC). Not for SCTP, which always
    /// copies.
    ///
    /// @param count maximum number of bytes to discard, at least 1
    /// @return as `receive`
    /// @throws UnsupportedOperationException if the family does not support it
    ///     ([SocketFamily.Feature#SKIP_RECEIVE_COPY])
    int discard(int count) throws IOException;

    /// Sets how many bytes must have arrived for `receive` and `discard` to return (SO_RCVLOWAT), even
    /// if that is more than their count. Above 1 they wait for at most 4 ms, as exactly as the kernel's
    /// timer, and then return what there is. Belongs to the receiving thread.
    ///
    /// @param bytes at least 1, which is the initial value
    /// @return false if the family or the kernel has no such option; nothing is changed then
    default boolean setLowWaterMark(int bytes) throws IOException {
        return false;
    }

    /// Applies those settings to an accepted connection that can still take effect.
    ///
    /// @throws SocketException naming the option that the system rejected
    void apply(TcpSetup setup) throws IOException;

    /// Congestion control algorithm in use, or null if unknown.
    @Nullable String congestion();

    /// TCP_MAXSEG in bytes, or 0 if unknown.
    int mss();

    /// Effective keep-alive times, including system defaults.
    ///
    /// @throws dev.pitot.model.error.InvalidSettingException (error 36) if the time before the
    ///     first probe is not longer than all probes take, which some systems do not support
    /// @throws SocketException if the family cannot query them
    KeepAlive keepAlive() throws IOException;

    /// TCP_INFO values, or null if unavailable. Allocates: for interval ends, not for the hot loop.
    @Nullable TcpInfo info();

    /// Smoothed round-trip time of the kernel (RFC 6298); ZERO if unknown.
    default Duration roundTrip() {
        TcpInfo info = info();
        return info == null
                ? Duration.ZERO
                : Duration.of(info.sample().roundTrip().smoothedMicros(), ChronoUnit.MICROS);
    }

    /// Bytes sent but not yet acknowledged (SIOCOUTQ), or −1 if unknown.
    long unacknowledgedBytes();

    /// Bytes received by the kernel but not yet read (FIONREAD), or −1 if unknown.
    long unreadBytes();

    /// Ends the sending direction: the peer reads the end of the stream after the last byte. Any
    /// thread; errors are ignored, since nothing is sent after it.
    void shutdownOutput();
}
