package dev.pitot.output.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// C's `%.Ng`: a number with N significant digits, rounded half to even from its exact binary
/// value. Trailing zeros are removed, and very large or small numbers get an exponent: with two
/// digits 49.5 is `50` and 99.7 is `1e+02`.
public final class SignificantDigits {
    private static final int SMALLEST_PLAIN_EXPONENT = -4; // C: %g
    private static final int MIN_EXPONENT_DIGITS = 2; // C: %g

    private SignificantDigits() {}

    /// Formats a number.
    ///
    /// @param value finite
    /// @param digits 1 or more
    public static String of(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < digits) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.movePointLeft(exponent).toPlainString();
        String power = Integer.toString(Math.abs(exponent));
        String zeros = "0".repeat(Math.max(0, MIN_EXPONENT_DIGITS - power.length()));
        return mantissa + (exponent < 0 ? "e-" : "e+") + zeros + power;
    }
}
