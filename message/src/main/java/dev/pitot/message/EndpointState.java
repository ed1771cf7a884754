package dev.pitot.message;

/// What an endpoint is doing. The codes are legume's (netshared.NetworkEndpoint).
public enum EndpointState {
    /// Nothing: not connected, or not any more.
    DISCONNECTED(100),
    /// Nothing: the last attempt or connection failed.
    ERRORED(101),
    /// A server takes clients.
    LISTENING(102),
    /// A client waits for the server's answer, or for its next attempt.
    CONNECTING(103),
    /// A client can send.
    CONNECTED(104);

    private final int code;

    EndpointState(int code) {
        this.code = code;
    }

    /// Legume's number for it, 100..104.
    public int code() {
        return code;
    }

    /// Whether there is a socket, or will be another without being told.
    public boolean isActive() {
        return this == LISTENING || this == CONNECTING || this == CONNECTED;
    }
}
