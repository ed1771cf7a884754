package dev.pitot.engine.stream;

/// Snapshot of a stream's counters since its start. An interval is the difference of two readings.
///
/// @param bytes sent or received
/// @param packets of UDP: datagrams sent, or the highest sequence number received; else 0
/// @param lost sequence numbers up to the highest that have not arrived; 0 on senders
/// @param outOfOrder datagrams that arrived after one with a higher sequence number
/// @param duplicates datagrams that arrived again
/// @param jitterSeconds as of the last datagram; not a count
public record CounterSnapshot(
        long bytes, long packets, long lost, long outOfOrder, long duplicates, double jitterSeconds) {
    /// All counters at 0.
    public static final CounterSnapshot NOTHING = ofBytes(0);

    /// Returns a reading of a stream without datagrams.
    public static CounterSnapshot ofBytes(long bytes) {
        return new CounterSnapshot(bytes, 0, 0, 0, 0, 0);
    }

    /// Returns the difference from an earlier reading; the jitter is that of this reading.
    public CounterSnapshot since(CounterSnapshot earlier) {
        return new CounterSnapshot(
                bytes - earlier.bytes,
                packets - earlier.packets,
                lost - earlier.lost,
                outOfOrder - earlier.outOfOrder,
                duplicates - earlier.duplicates,
                jitterSeconds);
    }
}
