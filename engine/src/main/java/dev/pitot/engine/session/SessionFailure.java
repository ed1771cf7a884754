package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.socket.SocketException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/// A session cannot go on. Carries how the test ends, and the number that a server tells its
/// client along with the error.
public final class SessionFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Ending ending;
    private final int errno;

    public SessionFailure(Ending ending) {
        this(ending, 0);
    }

    private SessionFailure(Ending ending, int errno) {
        super(ending.toString());
        this.ending = ending;
        this.errno = errno;
    }

    /// This end found something wrong.
    public static SessionFailure of(IperfError error, String reason) {
        return new SessionFailure(new Ending.Failed(error, reason, false));
    }

    /// A call on a socket failed, or was given up because the test was cancelled.
    ///
    /// @param meaning what the call was for; the socket may know better
    public static SessionFailure of(IOException e, IperfError meaning) {
        return switch (e) {
            case SocketException socket ->
                new SessionFailure(
                        new Ending.Failed(socket.error() == null ? meaning : socket.error(), socket.reason(), false),
                        socket.errno());
            case SocketTimeoutException timeout -> of(meaning, String.valueOf(timeout.getMessage()));
            case InterruptedIOException _ -> new SessionFailure(new Ending.Cancelled(null));
            default -> of(meaning, String.valueOf(e.getMessage()));
        };
    }

    /// Something that must not happen, or a machine at its end. The test ends in order all the
    /// same.
    public static SessionFailure of(Throwable e) {
        return of(IperfError.INIT_TEST, e instanceof OutOfMemoryError ? "Cannot allocate memory" : String.valueOf(e));
    }

    public Ending ending() {
        return ending;
    }

    /// The platform's error number, or 0.
    public int errno() {
        return errno;
    }
}
