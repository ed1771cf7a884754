package dev.pitot.message;

import dev.pitot.message.socket.SocketCounts;
import org.jspecify.annotations.Nullable;

/// Counts of an endpoint that belong to no connection.
///
/// @param unknownSenders datagrams of addresses that have no connection and made none
/// @param refused clients that were not let in
/// @param evicted connections of a server that ended because all together held more memory than they may
/// @param unsent messages that another thread had queued for a connection that was gone by then, or took
///     no more
/// @param handlerFailures handlers that threw, and tasks that the listener's executor refused
/// @param socket counts of its socket
public record EndpointCounts(
        long unknownSenders, long refused, long evicted, long unsent, long handlerFailures, Socket socket) {
    static final EndpointCounts NONE = new EndpointCounts(0, 0, 0, 0, 0, Socket.NONE);

    /// Counts of a socket.
    ///
    /// @param ignored datagrams that were too long for any protocol, or empty
    /// @param full times that there was no room to send
    /// @param unreachable times that the system reported a peer's port as closed
    /// @param failed times that a call failed in another way
    /// @param lastFailure the system's message for the last of those; null if there was none
    public record Socket(
            long ignored,
            long full,
            long unreachable,
            long failed,
            @Nullable String lastFailure) {
        static final Socket NONE = new Socket(0, 0, 0, 0, null);

        static Socket of(SocketCounts counts) {
            return new Socket(
                    counts.ignored(), counts.full(), counts.unreachable(), counts.failed(), counts.lastFailure());
        }
    }
}
