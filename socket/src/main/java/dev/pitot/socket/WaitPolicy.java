package dev.pitot.socket;

import java.io.IOException;

/// Wait policy of a blocking call: its timeout and its cancellation. The call queries it before
/// each slice of waiting.
@FunctionalInterface
public interface WaitPolicy {
    /// Longest slice: a cancelled call ends within a second, whatever the peer does.
    int MAX_SLICE_MILLIS = 100;

    /// Returns the time to wait until the next query.
    ///
    /// @return 1..[#MAX_SLICE_MILLIS], for a listener 1..[TcpListener#MAX_SLICE_MILLIS]
    /// @throws java.net.SocketTimeoutException if the time has passed
    /// @throws java.io.InterruptedIOException if the call was cancelled
    int nextSliceMillis() throws IOException;
}
