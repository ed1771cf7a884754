package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.Ending;
import dev.pitot.socket.SocketException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// A session cannot go on. Carries how the test ends, and the number that a server tells its
/// client along with the error.
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

    /// This end found something wrong.
    public static SessionFailure of(IperfError error, String reason) {
        return new SessionFailure(new Ending.Failed(error, reason, false));
    }

    private static SessionFailure failed(IperfError error, String reason, Throwable cause) {
        return new SessionFailure(new Ending.Failed(error, reason, false), 0, cause);
    }

    /// Something was found wrong in what this end was told or given.
    ///
    /// @param cause that says so
    public static SessionFailure of(IperfError error, String reason, Throwable cause) {
        return failed(error, reason, cause);
    }

    /// The end that a session came to.
    ///
    /// @param cause what was thrown, or null
    public static SessionFailure of(Ending ending, @Nullable Throwable cause) {
        return new SessionFailure(ending, cause instanceof SocketException socket ? socket.errno() : 0, cause);
    }

    /// A call on a socket failed, or was given up because the test was cancelled.
    ///
    /// @param meaning what the call was for; the socket may know better
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

    /// Something that must not happen, or a machine at its end. The test ends in order all the
    /// same.
    public static SessionFailure of(Throwable e) {
        MemoryShortage.report(e);
        String reason = e instanceof OutOfMemoryError ? "Cannot allocate memory" : String.valueOf(e);
        return failed(IperfError.INIT_TEST, reason, e);
    }

    /// This end, which another one came before: what was thrown first is kept, too.
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

    /// The platform's error number, or 0.
    public int errno() {
        return errno;
    }
}
