package dev.pitot.socket.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// A datagram that was received before anybody asked for it.
///
/// @param content read-only, from 0 to its limit
public record EarlyDatagram(InetSocketAddress sender, ByteBuffer content) {
    /// Copies what is given.
    public EarlyDatagram {
        content = ByteBuffer.allocate(content.remaining())
                .put(content.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    public int bytes() {
        return content.limit();
    }

    /// Puts it into a buffer, whose position moves by what fits.
    ///
    /// @return bytes that fitted
    public int copyTo(ByteBuffer block) {
        int fitting = Math.min(bytes(), block.remaining());
        block.put(content.slice(0, fitting));
        return fitting;
    }
}
