package dev.pitot.message.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Counts of about one second of a measurement.
///
/// @param from since the measurement began
/// @param to likewise
/// @param sent messages in that time
/// @param bytes of those, the byte of the type included
/// @param answered pings in that time; null for a flood, whose messages are not answered
/// @param roundTrip as the connection smooths it (RFC 6298); null before the first
public record ProbeProgress(
        Duration from,
        Duration to,
        long sent,
        long bytes,
        @Nullable Long answered,
        @Nullable Duration roundTrip) {}
