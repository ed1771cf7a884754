package dev.pitot.message.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Measurements of one end of a connection since it began. Bytes are UDP payloads.
///
/// @param latency round-trip times; null before the first
/// @param received by this end
/// @param sent by this end, repeats included, and datagrams that the socket refused, whose unreliable messages do not
///     go again: [Errors#lost] has them too
/// @param waiting at this moment
/// @param errors what went wrong on the way
public record Metrics(@Nullable Latency latency, Traffic received, Traffic sent, Waiting waiting, Errors errors) {
    /// Of a connection that has had no datagram yet.
    public static final Metrics NONE = new Metrics(
            null, new Traffic(0, 0, 0, 0), new Traffic(0, 0, 0, 0), new Waiting(0, 0, 0), new Errors(0, 0, 0, 0));

    /// Round-trip times.
    ///
    /// @param smoothed as RFC 6298 smooths it
    /// @param variation as RFC 6298 (RTTVAR)
    /// @param min the smallest sample
    public record Latency(Duration smoothed, Duration variation, Duration min) {}

    /// Counts of one direction.
    ///
    /// @param packets datagrams
    /// @param messages of the user, each once
    /// @param keepAlives pings, pongs, requests and responses that only keep the connection up
    public record Traffic(long bytes, long packets, long messages, long keepAlives) {
        private Traffic plus(Traffic other) {
            return new Traffic(
                    bytes + other.bytes,
                    packets + other.packets,
                    messages + other.messages,
                    keepAlives + other.keepAlives);
        }
    }

    /// Data that is not finished.
    ///
    /// @param outBytes payload bytes that were queued and have not been sent for the first time
    /// @param pendingAcks reliable messages that were sent and are not confirmed
    /// @param reorderQueue messages that came too early for their ordered channel
    public record Waiting(long outBytes, long pendingAcks, long reorderQueue) {}

    /// Counts of errors.
    ///
    /// @param resent messages that were sent again
    /// @param duplicates messages or datagrams that came again
    /// @param malformed datagrams that were ignored because they made no sense, and messages that could not be read
    /// @param lost datagrams of this end that were found to be lost
    public record Errors(long resent, long duplicates, long malformed, long lost) {}

    /// Returns these counts after those of an earlier port of the same connection.
    public Metrics after(Metrics earlier) {
        Errors before = earlier.errors;
        return new Metrics(
                latency == null ? earlier.latency : latency,
                received.plus(earlier.received),
                sent.plus(earlier.sent),
                new Waiting(
                        waiting.outBytes + earlier.waiting.outBytes,
                        waiting.pendingAcks + earlier.waiting.pendingAcks,
                        waiting.reorderQueue + earlier.waiting.reorderQueue),
                new Errors(
                        errors.resent + before.resent,
                        errors.duplicates + before.duplicates,
                        errors.malformed + before.malformed,
                        errors.lost + before.lost));
    }

    /// Returns the same for a connection that is over, in which nothing waits.
    public Metrics finished() {
        return new Metrics(latency, received, sent, new Waiting(0, 0, 0), errors);
    }
}
