package dev.pitot.model.unit;

import dev.pitot.model.error.InvalidSettingException;
import java.util.Objects;
import java.util.regex.Pattern;

/// Bit rate in bit/s. Decimal: 1 Mbit/s is 10^6 bit/s.
///
/// @param bitsPerSecond 0 means no limit (iperf's `-b 0`)
public record Bitrate(long bitsPerSecond) {
    /// No limit.
    public static final Bitrate UNLIMITED = new Bitrate(0);

    private static final long BITS_PER_MEGABIT = 1_000_000;

    /// Matches numbers above 0, even if they are truncated to 0.
    private static final Pattern FRACTION = Pattern.compile("[+.0]*[1-9]");

    /// @throws IllegalArgumentException if `bitsPerSecond` is negative
    public Bitrate {
        if (bitsPerSecond < 0) {
            throw new IllegalArgumentException("bitsPerSecond < 0: " + bitsPerSecond);
        }
    }

    /// Parses a rate in the syntax of `-b`: a number with an optional suffix K, M, G or T (powers
    /// of 1000), for example `100M`, `2.5G`, `1e6`. `0` means no limit.
    ///
    /// @throws InvalidSettingException (error 38) if the text is not such a number, is negative or
    ///     exceeds a `long`
    /// @throws IllegalArgumentException if the rate is above 0 and below 1 bit/s, which would be
    ///     rounded to no limit
    public static Bitrate parse(String text) {
        Objects.requireNonNull(text, "text is null");
        String number = text.strip();
        long bits = UnitScale.DECIMAL.parse(number.startsWith("+") ? number.substring(1) : number);
        if (bits == 0 && FRACTION.matcher(number).lookingAt()) {
            throw new IllegalArgumentException("rate below 1 bit/s, use 0 for no limit: '" + text + "'");
        }
        return new Bitrate(bits);
    }

    /// Returns a rate in units of 10^6 bit/s; 0 means no limit.
    ///
    /// @throws IllegalArgumentException if it is negative, or exceeds a `long` in bit/s
    public static Bitrate ofMegabits(long megabits) {
        if (megabits < 0 || megabits > Long.MAX_VALUE / BITS_PER_MEGABIT) {
            throw new IllegalArgumentException("megabits out of range: " + megabits);
        }
        return new Bitrate(megabits * BITS_PER_MEGABIT);
    }

    /// True if there is no limit.
    public boolean isUnlimited() {
        return bitsPerSecond == 0;
    }
}
