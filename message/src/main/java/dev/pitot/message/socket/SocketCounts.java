package dev.pitot.message.socket;

import org.jspecify.annotations.Nullable;

/// Counts of a [UdpSocket] since it was opened. A datagram that the system refused counts as lost on the way.
///
/// @param ignored datagrams that came and were not handed over: longer than any that is valid, or empty
/// @param full times that the system had no room to send
/// @param unreachable times that the system reported that nobody listens at the peer's port
/// @param failed times that a call failed in another way
/// @param lastFailure the system's words for the last of those; null if there was none
public record SocketCounts(
        long ignored,
        long full,
        long unreachable,
        long failed,
        @Nullable String lastFailure) {
    /// Counts of a socket to which nothing has happened.
    public static final SocketCounts NONE = new SocketCounts(0, 0, 0, 0, null);
}
