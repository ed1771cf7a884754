package dev.pitot.socket.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Datagram that was received before the application requested it.
///
/// @param content read-only, from 0 to its limit
public record PreConnectDatagram(InetSocketAddress sender, ByteBuffer content) {
    /// Copies the content.
    public PreConnectDatagram {
        content = ByteBuffer.allocate(content.remaining())
                .put(content.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    public int bytes() {
        return content.limit();
    }

    /// Copies it to a buffer, whose position advances by the bytes that fit.
    ///
    /// @return bytes copied
    public int copyTo(ByteBuffer block) {
        int fitting = Math.min(bytes(), block.remaining());
        block.put(content.slice(0, fitting));
        return fitting;
    }
}
