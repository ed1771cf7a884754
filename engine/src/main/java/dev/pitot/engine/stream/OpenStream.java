package dev.pitot.engine.stream;

import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.UdpConnection;
import org.jspecify.annotations.Nullable;

/// A data connection of a running test, with what is done on it.
///
/// @param file which the stream reads or writes, or null
public record OpenStream(
        StreamInfo info,
        Connection connection,
        DataStream stream,
        @Nullable DiskFile file) {
    /// The kernel's view of a stream of bytes; null of datagrams, and where it cannot be known.
    public @Nullable TcpInfo tcpInfo() {
        return connection instanceof TcpConnection tcp ? tcp.info() : null;
    }

    /// Bytes sent that the peer has not acknowledged or, of datagrams, that have not left this machine;
    /// 0 where that is unknown.
    public long unacknowledgedBytes() {
        long bytes = switch (connection) {
            case TcpConnection tcp -> tcp.unacknowledgedBytes();
            case UdpConnection udp -> udp.unsentBytes();
        };
        return Math.max(0, bytes);
    }

    /// What the stream read or wrote as of now; null for generated data.
    public @Nullable FileCopy fileCopy() {
        return file == null ? null : file.copy();
    }
}
