package dev.pitot.engine;

import dev.pitot.model.error.IperfError;
import java.io.IOException;

/// Failure to start, so that there is no report. The message is iperf's text.
public final class IperfException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IperfError error;
    private final String reason;

    IperfException(IperfError error, String reason, Throwable cause) {
        super(error.text(reason), cause);
        this.error = error;
        this.reason = reason;
    }

    /// The step that failed, as iperf's error.
    public IperfError error() {
        return error;
    }

    /// Reason given by the operating system, for example `Address already in use`.
    public String reason() {
        return reason;
    }
}
