package dev.pitot.message.extended;

/// What an end is doing.
enum ExtendedState {
    /// The ends have not agreed, or the client has not been heard of since.
    HANDSHAKE,
    OPEN,
    /// Closed by this end, but messages are on their way.
    DRAINING,
    /// The peer was told that this end closes, and has not answered.
    CLOSING,
    /// The peer closed, and will be told that this was understood.
    ANSWERING,
    CLOSED
}
