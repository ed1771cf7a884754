package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// Totals of one stream or direction, counted by one end over the measured part of a test.
///
/// @param bytes bytes accepted by the sender's kernel, or delivered by the receiver's
/// @param nanos time from the start of the measured part until that end last read its counters
/// @param retransmits retransmits of a TCP sender, or null if unknown
/// @param datagrams UDP statistics, otherwise null
public record Total(
        long bytes,
        long nanos,
        @Nullable Long retransmits,
        @Nullable Datagrams datagrams) {
    private static final double NANOS_PER_SECOND = 1e9;

    /// Totals without datagrams.
    public Total(long bytes, long nanos, @Nullable Long retransmits) {
        this(bytes, nanos, retransmits, null);
    }

    /// The time counted, in seconds.
    public double seconds() {
        return nanos / NANOS_PER_SECOND;
    }

    /// Average rate in bit/s; 0 if no time has passed.
    public double bitsPerSecond() {
        return nanos == 0 ? 0 : bytes * 8.0 / seconds();
    }
}
