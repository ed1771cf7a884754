package dev.pitot.message.channel;

/// The reason why a connection ended, or never came to be.
///
/// @param cause the kind
/// @param text for people, as this end or the peer put it; may be empty
/// @param undelivered reliable messages that this end had taken to send and the peer has not confirmed, however the
///     connection ended; at least as many as the peer's listener does not get, for some of them may have arrived all
///     the same
public record CloseReason(Cause cause, String text, long undelivered) {
    /// A reason without undelivered messages.
    public CloseReason(Cause cause, String text) {
        this(cause, text, 0);
    }

    /// Returns the same with so many undelivered messages.
    public CloseReason withUndelivered(long messages) {
        return messages == undelivered ? this : new CloseReason(cause, text, messages);
    }

    /// Kinds of ends.
    public enum Cause {
        /// This end closed it.
        LOCAL,
        /// The peer closed it.
        REMOTE,
        /// Nothing came from the peer for too long, or it took nothing of what waited for it.
        TIMEOUT,
        /// The server did not want this client.
        REJECTED,
        /// The server has as many clients as it takes.
        FULL,
        /// The ends speak different versions of the protocol.
        VERSION,
        /// The peer broke the protocol in a way that cannot be ignored.
        PROTOCOL,
        /// The peer's identity could not be proved.
        UNTRUSTED,
        /// This end's socket failed.
        SOCKET,
        /// The server does not know the connection any more: it has restarted, or ended it. Connect again.
        RESET
    }
}
