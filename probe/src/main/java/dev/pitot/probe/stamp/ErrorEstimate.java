package dev.pitot.probe.stamp;

/// The error estimate of a timestamp (RFC 4656 section 4.1.2, RFC 8186): how far the clock may be from UTC,
/// as far as it is known. The bound is `multiplier × 2^(scale − 32)` seconds.
///
/// @param isSynchronized the bit S: whether the clock follows an external source of UTC
/// @param format the bit Z: how the timestamps of the packet are written
/// @param scale 0..63
/// @param multiplier 1..255; 0 is received from some implementations and means that nothing is known
public record ErrorEstimate(boolean isSynchronized, StampTimeFormat format, int scale, int multiplier) {
    private static final int MAX_SCALE = 63;
    private static final int MAX_MULTIPLIER = 255;
    private static final int S_BIT = 0x8000;
    private static final int Z_BIT = 0x4000;
    private static final int SCALE_SHIFT = 8;
    private static final int POINT = 32; // the scale that counts whole seconds
    private static final double NANOS_PER_SECOND = 1e9;

    /// @throws IllegalArgumentException if scale or multiplier is out of range
    public ErrorEstimate {
        if (scale < 0 || scale > MAX_SCALE || multiplier < 0 || multiplier > MAX_MULTIPLIER) {
            throw new IllegalArgumentException(
                    "scale not in 0..63 or multiplier not in 0..255: " + scale + ", " + multiplier);
        }
    }

    /// Returns the smallest estimate that is not below the bound.
    ///
    /// @param nanos of the bound, 1 or more
    public static ErrorEstimate of(boolean isSynchronized, StampTimeFormat format, long nanos) {
        double units = Math.max(1, nanos) / NANOS_PER_SECOND * (1L << POINT);
        int scale = 0;
        while (units > MAX_MULTIPLIER) {
            units /= 2;
            scale++;
        }
        return new ErrorEstimate(isSynchronized, format, scale, (int) Math.ceil(units));
    }

    /// Reads the field of a packet: any 16 bits are one.
    static ErrorEstimate decode(int field) {
        return new ErrorEstimate(
                (field & S_BIT) != 0,
                (field & Z_BIT) != 0 ? StampTimeFormat.PTP : StampTimeFormat.NTP,
                (field >> SCALE_SHIFT) & MAX_SCALE,
                field & MAX_MULTIPLIER);
    }

    /// Returns the field of a packet, 0..65,535.
    int encode() {
        return (isSynchronized ? S_BIT : 0)
                | (format == StampTimeFormat.PTP ? Z_BIT : 0)
                | (scale << SCALE_SHIFT)
                | multiplier;
    }

    /// Returns the bound in seconds; 0 if the multiplier is 0, which is no statement.
    public double seconds() {
        return Math.scalb((double) multiplier, scale - POINT);
    }
}
