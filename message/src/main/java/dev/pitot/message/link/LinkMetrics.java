package dev.pitot.message.link;

import org.jspecify.annotations.Nullable;

/// What one end of a connection has measured since it began. Bytes are UDP payloads.
///
/// @param roundTrip null before the first
/// @param received by this end
/// @param sent by this end, repeats included
/// @param waiting at this moment
/// @param errors what went wrong on the way
public record LinkMetrics(
        @Nullable RoundTrip roundTrip, Traffic received, Traffic sent, Waiting waiting, Errors errors) {
    /// Round-trip times, in nanoseconds.
    ///
    /// @param smoothed as RFC 6298 smooths it
    /// @param variation as RFC 6298 (RTTVAR)
    /// @param min the smallest sample
    public record RoundTrip(long smoothed, long variation, long min) {}

    /// Counts of one direction.
    ///
    /// @param messages of the user, each once
    /// @param keepAlives pings, pongs, requests and responses that only keep the connection up
    public record Traffic(long bytes, long datagrams, long messages, long keepAlives) {}

    /// What is not finished.
    ///
    /// @param outBytes payload bytes that were queued and have not been sent for the first time
    /// @param pendingAcks reliable messages that were sent and are not confirmed
    /// @param reorderQueue messages that came too early for their ordered channel
    public record Waiting(long outBytes, long pendingAcks, long reorderQueue) {}

    /// What went wrong.
    ///
    /// @param resent messages that were sent again
    /// @param duplicates messages or datagrams that came again
    /// @param malformed datagrams that were ignored because they made no sense
    /// @param lost datagrams of this end that were found to be lost
    public record Errors(long resent, long duplicates, long malformed, long lost) {}
}
