package dev.pitot.message.socket;

import org.jspecify.annotations.Nullable;

/// What a [UdpSocket] has done since it was opened.
///
/// @param received what came and was handed over
/// @param sent what the system took
/// @param ignored datagrams that came and were not handed over: longer than any that is valid,
///     or empty
/// @param errors what did not work
public record SocketCounts(Total received, Total sent, long ignored, Errors errors) {
    /// Datagrams and the bytes in them, without headers.
    public record Total(long datagrams, long bytes) {}

    /// What did not work. A datagram that the system refused counts as lost on the way.
    ///
    /// @param full times that the system had no room to send
    /// @param unreachable times that the system told that nobody listens at the peer's port
    /// @param failed times that a call failed in another way
    /// @param lastFailure the system's words for the last of those; null if there was none
    public record Errors(
            long full,
            long unreachable,
            long failed,
            @Nullable String lastFailure) {}
}
