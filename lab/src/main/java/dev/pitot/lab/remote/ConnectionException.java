package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.Serial;

/// A node cannot be reached, or not be made to do what it should. The message is one sentence
/// that names the node and explains what to do.
public final class ConnectionException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ConnectionException(String message) {
        super(message);
    }

    public ConnectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
