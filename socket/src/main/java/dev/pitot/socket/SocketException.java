package dev.pitot.socket;

import dev.pitot.model.error.IperfError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Failed system call on a socket. The message is only the system's reason, for example
/// `Connection refused`.
public final class SocketException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final @Nullable IperfError error;

    /// Creates an exception for a failure whose operation the caller knows.
    ///
    /// @param errno the platform's error number, or 0 if unknown
    public SocketException(int errno, String reason) {
        this(errno, reason, null);
    }

    /// Creates an exception for a failure with its own iperf error.
    ///
    /// @param error failed operation, if it is not just reading, writing or connecting: 122..158
    public SocketException(int errno, String reason, @Nullable IperfError error) {
        super(reason);
        this.errno = errno;
        this.error = error;
    }

    /// The system's error number.
    public int errno() {
        return errno;
    }

    /// iperf's error for the failed operation, or null if the caller knows the operation.
    public @Nullable IperfError error() {
        return error;
    }

    /// The system's reason.
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
