package dev.pitot.output.text;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.List;

/// Formats an amount or a rate as a number of four columns and a unit, as iperf's units.c does
/// (unit_snprintf): bits in steps of 1000, bytes in steps of 1024, in the largest unit that gives
/// at least 1 unless the unit is fixed.
public final class UnitFormat {
    /// Bits with an adaptive unit, iperf's `-f a`: the default of the rate column.
    public static final UnitFormat ADAPTIVE_BITS = new UnitFormat(true, UnitFormat.ADAPTIVE);

    /// Bytes with an adaptive unit: always used for the columns Transfer and Cwnd.
    public static final UnitFormat ADAPTIVE_BYTES = new UnitFormat(false, UnitFormat.ADAPTIVE);

    private static final int ADAPTIVE = -1;
    private static final String LETTERS = "kmgt";
    private static final List<String> BIT_NAMES = List.of("bit", "Kbit", "Mbit", "Gbit", "Tbit");
    private static final List<String> BYTE_NAMES = List.of("Byte", "KByte", "MByte", "GByte", "TByte");
    private static final double TWO_DECIMALS_BELOW = 9.995;
    private static final double ONE_DECIMAL_BELOW = 99.95;
    private static final int WIDTH = 4;
    private static final int BITS_PER_BYTE = 8;

    private final boolean bits;
    private final int fixedPower;

    private UnitFormat(boolean bits, int fixedPower) {
        this.bits = bits;
        this.fixedPower = fixedPower;
    }

    /// Returns the format for a letter of `-f`.
    ///
    /// @param letter one of `kmgt` for bits or `KMGT` for bytes
    /// @throws InvalidSettingException (error 24) for any other letter
    public static UnitFormat ofLetter(char letter) {
        int power = LETTERS.indexOf(Character.toLowerCase(letter));
        if (power < 0) {
            throw new InvalidSettingException(IperfError.FORMAT);
        }
        return new UnitFormat(Character.isLowerCase(letter), power + 1);
    }

    /// Formats an amount, for example `1.19 MByte`, without the plural's `s`.
    ///
    /// @param bytes bytes, or bytes per second; not negative
    public String format(double bytes) {
        double amount = bits ? bytes * BITS_PER_BYTE : bytes;
        int power = fixedPower == ADAPTIVE ? fittingPower(amount) : fixedPower;
        double scaled = amount * factor(power);
        return FixedPoint.of(scaled, decimals(scaled), WIDTH) + " " + (bits ? BIT_NAMES : BYTE_NAMES).get(power);
    }

    private int fittingPower(double amount) {
        double step = step();
        double rest = amount;
        int power = 0;
        while (rest >= step && power < LETTERS.length()) {
            rest /= step;
            power++;
        }
        return power;
    }

    // Multiplied by a reciprocal, as in the tables of units.c: a division may round differently.
    private double factor(int power) {
        double factor = 1;
        for (int i = 0; i < power; i++) {
            factor /= step();
        }
        return factor;
    }

    private double step() {
        return bits ? 1000 : 1024;
    }

    private static int decimals(double scaled) {
        if (scaled < TWO_DECIMALS_BELOW) {
            return 2;
        }
        return scaled < ONE_DECIMAL_BELOW ? 1 : 0;
    }
}
