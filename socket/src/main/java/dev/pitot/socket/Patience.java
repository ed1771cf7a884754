package dev.pitot.socket;

import java.io.IOException;

/// How long a blocking call may go on, and whether it is still wanted. The call asks before each
/// slice of waiting.
@FunctionalInterface
public interface Patience {
    /// The longest slice, so that a cancelled call ends within a second whatever the peer does.
    int MAX_SLICE_MILLIS = 100;

    /// How long to wait before asking again.
    ///
    /// @return 1..[#MAX_SLICE_MILLIS]
    /// @throws java.net.SocketTimeoutException if time is up
    /// @throws java.io.InterruptedIOException if the call is no longer wanted
    int nextSliceMillis() throws IOException;
}
