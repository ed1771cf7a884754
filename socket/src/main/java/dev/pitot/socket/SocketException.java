package dev.pitot.socket;

import dev.pitot.model.error.IperfError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A system call on a socket failed. The message is the system's reason alone, for example
/// `Connection refused`.
public final class SocketException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final @Nullable IperfError error;

    /// A call failed in a way that its caller can name.
    ///
    /// @param errno the platform's number, or 0 where it is unknown
    public SocketException(int errno, String reason) {
        this(errno, reason, null);
    }

    /// A call failed in a way that has an error number of its own.
    ///
    /// @param error what could not be done, where that is more than reading, writing or
    ///     connecting: 122..158
    public SocketException(int errno, String reason, @Nullable IperfError error) {
        super(reason);
        this.errno = errno;
        this.error = error;
    }

    /// The system's error number.
    public int errno() {
        return errno;
    }

    /// What could not be done, or null if the caller knows better.
    public @Nullable IperfError error() {
        return error;
    }

    /// The system's reason.
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
