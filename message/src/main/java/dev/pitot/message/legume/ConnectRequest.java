package dev.pitot.message.legume;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A client's request for a connection. Only a datagram with one of these may make its sender a
/// peer.
///
/// @param id of the message, 0..65535
/// @param sequence which legume sends as 0 and ignores, 0..65535
/// @param flags bit 1 is legume's "reliable"; it ignores bits 2 to 7
/// @param protocol the version that the client speaks; legume's is 4
public record ConnectRequest(int id, int sequence, int flags, int protocol) {
    private static final BodyLengths NO_USER_TYPES = (_, _) -> -1;

    /// @throws IllegalArgumentException if a value does not fit its field
    public ConnectRequest {
        if ((id & 0xFFFF) != id || (sequence & 0xFFFF) != sequence || (flags & 0xFF) != flags) {
            throw new IllegalArgumentException(
                    "id and sequence are 0..65535, flags 0..255: " + id + ", " + sequence + ", " + flags);
        }
    }

    /// As the original asks, but for the id, with which it always begins at 1.
    ///
    /// @param id of the client's first message, 0..65535; a random one, so that confirmations
    /// that the original's server sends to
    ///     the wrong client match nothing
    public static ConnectRequest ofLegume(int id) {
        return new ConnectRequest(id, 0, SystemMessage.RELIABLE, SystemMessage.PROTOCOL);
    }

    /// True if a datagram asks for a connection: well formed, with nothing but messages of the
    /// protocol itself in it, one of them a ConnectRequest. Any thread may ask; throws nothing.
    ///
    /// @param datagram from position to limit, which stay
    public static boolean isConnectRequest(ByteBuffer datagram) {
        return in(datagram) != null;
    }

    /// Returns the first ConnectRequest in a datagram.
    ///
    /// @return null unless [#isConnectRequest(ByteBuffer)]
    public static @Nullable ConnectRequest in(ByteBuffer datagram) {
        var reader = new DatagramReader(NO_USER_TYPES);
        if (!reader.begin(datagram) || !reader.isWhole()) {
            return null;
        }
        while (reader.next()) {
            if (reader.type() == SystemMessage.CONNECT_REQUEST) {
                return new ConnectRequest(reader.id(), reader.sequence(), reader.flags(), reader.protocol());
            }
        }
        return null;
    }
}
