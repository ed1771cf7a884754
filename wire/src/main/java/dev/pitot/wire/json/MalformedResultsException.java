package dev.pitot.wire.json;

import dev.pitot.model.error.IperfError;
import java.io.IOException;

/// The other end's results cannot be parsed.
public final class MalformedResultsException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedResultsException(String message) {
        super(message);
    }

    MalformedResultsException(IOException cause) {
        super("not JSON", cause);
    }

    /// Always [IperfError#RECEIVE_RESULTS] (117).
    public IperfError error() {
        return IperfError.RECEIVE_RESULTS;
    }
}
