package dev.pitot.engine.stream;

/// All that a stream has counted since it began, at one moment. An interval is the difference of
/// two readings.
///
/// @param bytes moved
/// @param packets of UDP: sent, or the highest sequence number that arrived; else 0
/// @param lost sequence numbers up to the highest that have not arrived; 0 on senders
/// @param outOfOrder datagrams that came after one with a higher number
/// @param duplicates datagrams that came once more
/// @param jitterSeconds as of the last datagram; not a count
public record Reading(long bytes, long packets, long lost, long outOfOrder, long duplicates, double jitterSeconds) {
    /// Nothing yet.
    public static final Reading NOTHING = ofBytes(0);

    /// A reading of a stream without datagrams.
    public static Reading ofBytes(long bytes) {
        return new Reading(bytes, 0, 0, 0, 0, 0);
    }

    /// What was counted after an earlier reading; the jitter is this one's.
    public Reading since(Reading earlier) {
        return new Reading(
                bytes - earlier.bytes,
                packets - earlier.packets,
                lost - earlier.lost,
                outOfOrder - earlier.outOfOrder,
                duplicates - earlier.duplicates,
                jitterSeconds);
    }
}
