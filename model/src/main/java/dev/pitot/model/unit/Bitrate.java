package dev.pitot.model.unit;

/// How many bits per second. Decimal: 1 Mbit/s is 10^6 bit/s.
///
/// @param bitsPerSecond 0 means no limit (iperf's `-b 0`)
public record Bitrate(long bitsPerSecond) {
    public static final Bitrate UNLIMITED = new Bitrate(0);

    /// @throws IllegalArgumentException if `bitsPerSecond` is negative
    public Bitrate {
        if (bitsPerSecond < 0) {
            throw new IllegalArgumentException("bitsPerSecond < 0: " + bitsPerSecond);
        }
    }

    public boolean isUnlimited() {
        return bitsPerSecond == 0;
    }
}
