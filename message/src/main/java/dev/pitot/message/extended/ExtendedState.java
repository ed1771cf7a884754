package dev.pitot.message.extended;

/// States of an end.
enum ExtendedState {
    /// The ends have not agreed, or the client has not been heard of since.
    HANDSHAKE,
    OPEN,
    /// Closed by this end, but messages are on their way.
    DRAINING,
    /// This end has sent that it closes, and the peer has not answered.
    CLOSING,
    /// The peer closed, and its CLOSE will be answered.
    ANSWERING,
    CLOSED
}
