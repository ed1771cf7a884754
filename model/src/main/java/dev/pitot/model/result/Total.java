package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// What one end counted of one stream or direction over the counted part of a test.
///
/// @param bytes accepted by the sender's kernel, or delivered by the receiver's
/// @param nanos from the start of the counted part to that end's last look at its counters
/// @param retransmits of a TCP sender that knows them, else null
/// @param datagrams of UDP, else null
public record Total(
        long bytes,
        long nanos,
        @Nullable Long retransmits,
        @Nullable Datagrams datagrams) {
    private static final double NANOS_PER_SECOND = 1e9;

    /// What was counted of a stream without datagrams.
    public Total(long bytes, long nanos, @Nullable Long retransmits) {
        this(bytes, nanos, retransmits, null);
    }

    /// The time counted, in seconds.
    public double seconds() {
        return nanos / NANOS_PER_SECOND;
    }

    /// Average rate in bit/s; 0 where no time has passed.
    public double bitsPerSecond() {
        return nanos == 0 ? 0 : bytes * 8.0 / seconds();
    }
}
