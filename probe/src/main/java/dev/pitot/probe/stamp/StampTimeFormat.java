package dev.pitot.probe.stamp;

import java.time.Instant;

/// The two ways in which 64 bits say a time (RFC 8762 section 4.2.1).
public enum StampTimeFormat {
    /// Seconds since 1900 and a fraction of 2^32 (RFC 5905): UTC.
    NTP,
    /// The short form of IEEE 1588: seconds since 1970, modulo 2^32, and nanoseconds. PTP's own time is TAI,
    /// which is ahead of UTC by the leap seconds; this end writes UTC, as other implementations without a
    /// PTP clock do.
    PTP;

    private static final long EPOCH_OF_NTP = 2_208_988_800L; // seconds from 1900 to 1970, RFC 5905 section 6
    private static final long LOW = 0xffff_ffffL;
    private static final long NANOS = 1_000_000_000;
    private static final int HALF = 32;

    /// Returns the 64 bits that stand for a time.
    long encode(Instant time) {
        return switch (this) {
            case NTP -> ((time.getEpochSecond() + EPOCH_OF_NTP) << HALF) | fraction(time.getNano());
            case PTP -> (time.getEpochSecond() << HALF) | time.getNano();
        };
    }

    private static long fraction(long nanos) {
        return ((nanos << HALF) + NANOS - 1) / NANOS; // rounded up, so that decoding gives the same nanosecond
    }

    /// Returns the time of 64 bits, in nanoseconds since 1970. Seconds wrap after 136 years, so they are
    /// taken for those next to `near`; nanoseconds of a second or more, which PTP can write, count on.
    ///
    /// @param near a time within 68 years, in nanoseconds since 1970
    long decode(long bits, long near) {
        long seconds = (bits >>> HALF) - (this == NTP ? EPOCH_OF_NTP : 0);
        long nanos = this == NTP ? ((bits & LOW) * NANOS) >>> HALF : bits & LOW;
        long nearSeconds = Math.floorDiv(near, NANOS);
        long difference = (int) (seconds - nearSeconds); // modulo 2^32
        return (nearSeconds + difference) * NANOS + nanos;
    }
}
