package dev.pitot.message.legume;

/// States of a connection.
enum LegumeState {
    /// A client that has no answer.
    CONNECTING,
    /// A server that has not been asked.
    LISTENING,
    /// A server that has said yes, until that has arrived.
    ACCEPTING,
    OPEN,
    /// A server that has said no, until that has arrived.
    REFUSING,
    /// Closing: what was queued is still delivered.
    DRAINING,
    /// Closing: goodbye is said.
    CLOSING,
    CLOSED;

    boolean hasDeadline() {
        return switch (this) {
            case CONNECTING, LISTENING, ACCEPTING, REFUSING, DRAINING -> true;
            case OPEN, CLOSING, CLOSED -> false;
        };
    }

    /// True if a message counts that comes from an address that may be forged.
    boolean takesUnvalidated(int type) {
        return switch (type) {
            case SystemMessage.CONNECT_REQUEST -> this == LISTENING;
            case SystemMessage.ACK, SystemMessage.PONG, SystemMessage.DISCONNECTED -> this != LISTENING;
            default -> false;
        };
    }

    /// True if messages of users are delivered, or kept until they can be.
    boolean takesMessages() {
        return this == CONNECTING || delivers();
    }

    /// True if messages of users go both ways, or did until this end began to close.
    boolean delivers() {
        return this == OPEN || this == DRAINING;
    }
}
