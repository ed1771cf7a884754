package dev.pitot.engine.stream;

import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.UdpConnection;
import org.jspecify.annotations.Nullable;

/// Data connection of a running test and its transfer.
///
/// @param file the file that the stream reads or writes, or null
public record OpenStream(
        StreamInfo info,
        Connection connection,
        DataStream stream,
        @Nullable DiskFile file) {
    /// Kernel statistics of a byte stream; null for datagrams and where they are unavailable.
    public @Nullable TcpInfo tcpInfo() {
        return connection instanceof TcpConnection tcp ? tcp.info() : null;
    }

    /// Datagrams that the kernel dropped because the socket's receive buffer was full; null where unknown, and
    /// for byte streams.
    public @Nullable Long receiveDrops() {
        long drops = connection instanceof UdpConnection udp ? udp.receiveDrops() : -1;
        return drops < 0 ? null : drops;
    }

    /// Bytes sent that the peer has not acknowledged or, for datagrams, that have not left this host; 0
    /// where unknown.
    public long unacknowledgedBytes() {
        long bytes = switch (connection) {
            case TcpConnection tcp -> tcp.unacknowledgedBytes();
            case UdpConnection udp -> udp.unsentBytes();
        };
        return Math.max(0, bytes);
    }

    /// The file's name and the bytes copied so far; null for generated data.
    public @Nullable FileCopy fileCopy() {
        return file == null ? null : file.copy();
    }

    /// Closes the file, if there is one: a thread that waits for it goes on.
    void closeFile() {
        if (file != null) {
            file.close();
        }
    }
}
