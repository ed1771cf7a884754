package dev.pitot.message.legume;

/// How far the connection has come.
enum LinkState {
    /// A client that has no answer.
    CONNECTING,
    /// A server that has not been asked.
    LISTENING,
    OPEN,
    /// A server that has said no, until that has arrived.
    REFUSING,
    /// Closing: what was queued is still delivered.
    DRAINING,
    /// Closing: goodbye is said.
    CLOSING,
    CLOSED
}
