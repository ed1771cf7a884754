package dev.pitot.message.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of a flood.
///
/// @param received as the server reported at the end; null if it did not
/// @param lost messages that were sent and that the server did not get, so that those that it got at least once
///     and these are the sent ones; null if that is not known, because the
///     server did not report, or more was still on the way
/// @param roundTrip as the connection smoothed it (RFC 6298); null if there was none
/// @param brokenOff why the connection ended before its time; null if it did not
public record FloodResult(
        Sent sent,
        @Nullable Received received,
        @Nullable Long lost,
        @Nullable Duration roundTrip,
        @Nullable String brokenOff) {
    /// Counts of this end: of what has left it, and not of what still waited in the end.
    ///
    /// @param messages each once, however often it was sent again
    /// @param bytes of those, the byte of the type included
    /// @param length of time until the last of them had left, so without the wait for a server that is gone
    public record Sent(long messages, long bytes, Duration length) {}

    /// Counts of the server.
    ///
    /// @param messages duplicates included
    /// @param bytes of those
    /// @param outOfOrder messages that came after a later one
    /// @param duplicates messages that came again
    /// @param length from the first to the last
    public record Received(long messages, long bytes, long outOfOrder, long duplicates, Duration length) {
        /// Returns messages a second, which need a beginning and an end.
        ///
        /// @return null for fewer than two
        public @Nullable Double messagesPerSecond() {
            return length.isPositive() ? (messages - 1) * 1e9 / length.toNanos() : null;
        }

        /// Returns bits of messages a second.
        ///
        /// @return null for fewer than two messages
        public @Nullable Double bitsPerSecond() {
            Double rate = messagesPerSecond();
            return rate == null ? null : rate * 8 * bytes / messages;
        }
    }
}
