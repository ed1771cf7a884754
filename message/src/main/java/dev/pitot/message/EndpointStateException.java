package dev.pitot.message;

/// Something was asked of an endpoint that it cannot do in its present state: a programmer's
/// mistake. The message says what to do instead.
public final class EndpointStateException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final EndpointState state;

    EndpointStateException(EndpointState state, String sentence) {
        super(sentence);
        this.state = state;
    }

    /// What the endpoint was doing.
    public EndpointState state() {
        return state;
    }
}
