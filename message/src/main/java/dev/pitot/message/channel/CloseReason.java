package dev.pitot.message.channel;

/// Why a connection ended, or never came to be.
///
/// @param cause the kind
/// @param text for people, as this end or the peer put it; may be empty
public record CloseReason(Cause cause, String text) {
    /// Kinds of ends. The order is part of the wire format: new ones go to the end.
    public enum Cause {
        /// This end closed it.
        LOCAL,
        /// The peer closed it.
        REMOTE,
        /// Nothing came from the peer for too long.
        TIMEOUT,
        /// The server did not want this client.
        REJECTED,
        /// The server has as many clients as it takes.
        FULL,
        /// The ends speak different versions of the protocol.
        VERSION,
        /// The peer broke the protocol in a way that cannot be ignored.
        PROTOCOL,
        /// Who the peer is could not be proved.
        UNTRUSTED,
        /// This end's socket failed.
        SOCKET
    }
}
