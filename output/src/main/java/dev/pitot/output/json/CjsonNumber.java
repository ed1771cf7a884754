package dev.pitot.output.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as iperf's cJSON writes them (cjson.c: print_number): without a fraction if there is none, else
/// C's `%1.15g` where that reads back as nearly the same number, else `%1.17g`.
final class CjsonNumber {
    private static final double EPSILON = 0x1p-52; // C: DBL_EPSILON
    private static final int FEW_DIGITS = 15;
    private static final int ALL_DIGITS = 17;
    private static final int SMALLEST_PLAIN_EXPONENT = -4; // C: %g
    private static final int MIN_EXPONENT_DIGITS = 2; // C: %g

    private CjsonNumber() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return "null"; // as in cJSON; JSON has no such numbers
        }
        long integral = (long) value;
        if (value == integral) {
            return Long.toString(integral);
        }
        String few = general(value, FEW_DIGITS);
        return isNearly(Double.parseDouble(few), value) ? few : general(value, ALL_DIGITS);
    }

    // cjson.c: compare_double
    private static boolean isNearly(double a, double b) {
        return Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * EPSILON;
    }

    // C's %g: trailing zeros go, and numbers far from 1 get an exponent.
    private static String general(double value, int digits) {
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
