package dev.pitot.message;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.dtls.link.DtlsLink;
import dev.pitot.message.legume.LegumeLink;
import dev.pitot.message.link.ProtocolConnection;
import org.jspecify.annotations.Nullable;

/// The properties of a connection that two ends have agreed on.
///
/// @param protocol LEGUME or EXTENDED
/// @param key of the peer, which it has proved to have by DTLS; null without, and for a client that was
///     not asked
/// @param largestPayload of a message that the connection carries, in bytes
public record ConnectionDetails(
        ProtocolMode protocol, @Nullable Fingerprint key, int largestPayload) {
    /// Returns the properties of a connection.
    ///
    /// @param link null if it is gone
    static ConnectionDetails of(@Nullable ProtocolConnection link) {
        if (link == null) {
            throw new EndpointStateException(EndpointState.DISCONNECTED, "The connection is gone.");
        }
        ProtocolConnection its = link instanceof NegotiatingLink negotiating ? negotiating.inner() : link;
        return new ConnectionDetails(
                its instanceof LegumeLink ? ProtocolMode.LEGUME : ProtocolMode.EXTENDED,
                its instanceof DtlsLink dtls ? dtls.peer() : null,
                its.maxPayload());
    }
}
