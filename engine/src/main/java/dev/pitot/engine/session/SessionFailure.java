package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.Ending;
import dev.pitot.socket.SocketException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// End of a session that cannot continue, as an exception. Carries the outcome and the error number that
/// a server sends to its client with the error.
public final class SessionFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Ending ending;
    private final int errno;

    public SessionFailure(Ending ending) {
        this(ending, 0, null);
    }

    private SessionFailure(Ending ending, int errno, @Nullable Throwable cause) {
        super(ending.toString(), cause);
        this.ending = ending;
        this.errno = errno;
    }

    /// Returns the failure for an error that this end detected.
    public static SessionFailure of(IperfError error, String reason) {
        return new SessionFailure(new Ending.Failed(error, reason, false));
    }

    private static SessionFailure failed(IperfError error, String reason, Throwable cause) {
        return new SessionFailure(new Ending.Failed(error, reason, false), 0, cause);
    }

    /// Returns the failure for an error in received data or in settings.
    ///
    /// @param cause the exception that reported it
    public static SessionFailure of(IperfError error, String reason, Throwable cause) {
        return failed(error, reason, cause);
    }

    /// Returns the given end of a session.
    ///
    /// @param cause the exception beneath it, or null
    public static SessionFailure of(Ending ending, @Nullable Throwable cause) {
        return new SessionFailure(ending, cause instanceof SocketException socket ? socket.errno() : 0, cause);
    }

    /// Returns the failure of a socket call, or the cancellation if the call was given up because of it.
    ///
    /// @param meaning the error that the call stands for, unless the socket reports a more specific one
    public static SessionFailure of(IOException e, IperfError meaning) {
        return switch (e) {
            case SocketException socket ->
                new SessionFailure(
                        new Ending.Failed(socket.error() == null ? meaning : socket.error(), socket.reason(), false),
                        socket.errno(),
                        socket);
            case SocketTimeoutException timeout -> failed(meaning, String.valueOf(timeout.getMessage()), timeout);
            case InterruptedIOException _ -> new SessionFailure(new Ending.Cancelled(null));
            default -> failed(meaning, String.valueOf(e.getMessage()), e);
        };
    }

    /// Returns the failure for a bug or exhausted memory. The test still ends in an orderly way.
    public static SessionFailure of(Throwable e) {
        MemoryShortage.report(e);
        String reason = e instanceof OutOfMemoryError ? "Cannot allocate memory" : String.valueOf(e);
        return failed(IperfError.INIT_TEST, reason, e);
    }

    /// Adds the cause of an earlier failure to this one's as suppressed, and returns this failure.
    public SessionFailure after(SessionFailure earlier) {
        if (getCause() != null
                && earlier.getCause() != null
                && !earlier.getCause().equals(getCause())) {
            getCause().addSuppressed(earlier.getCause());
        }
        return this;
    }

    public Ending ending() {
        return ending;
    }

    /// Error number of the platform, or 0.
    public int errno() {
        return errno;
    }
}
