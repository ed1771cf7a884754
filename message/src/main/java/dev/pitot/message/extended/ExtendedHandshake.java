package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One end's part in what is said before packets go.
sealed interface ExtendedHandshake permits ExtendedClientHandshake, ExtendedServerHandshake {
    /// Values that both ends have agreed on.
    ///
    /// @param localId by which this end is addressed
    /// @param peerId by which the other end is
    /// @param parameters what the other end takes, and the size of datagrams
    record Agreement(int localId, int peerId, Hello.TransportParameters parameters) {}

    /// After this share of the timeout without sending, this end sends a PING.
    double keepAliveShare();

    /// Takes a datagram that is intact and no packet.
    ///
    /// @return whether it made sense
    boolean receive(ByteBuffer datagram, long now);

    /// Writes the datagram that is due, if one is, and leaves the buffer ready to be read.
    boolean write(ByteBuffer into, long now);

    /// Returns the time when [#write] has something to do.
    long dueAt();

    /// Null as long as there is none.
    @Nullable Agreement agreement();

    /// Returns why there will be no connection; null as long as there may be.
    @Nullable CloseReason refusal();
}
