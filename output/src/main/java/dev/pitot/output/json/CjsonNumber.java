package dev.pitot.output.json;

import dev.pitot.output.format.SignificantDigits;

/// Formats numbers as iperf's cJSON does (cjson.c: print_number): a whole number without a
/// fraction, else C's `%1.15g` if that parses back to nearly the same number, else `%1.17g`.
final class CjsonNumber {
    private static final double EPSILON = 0x1p-52; // C: DBL_EPSILON
    private static final int FEW_DIGITS = 15;
    private static final int ALL_DIGITS = 17;

    private CjsonNumber() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return "null"; // as in cJSON; JSON has no such numbers
        }
        long integral = (long) value;
        if (value == integral) {
            return Long.toString(integral);
        }
        String few = SignificantDigits.of(value, FEW_DIGITS);
        return isNearly(Double.parseDouble(few), value) ? few : SignificantDigits.of(value, ALL_DIGITS);
    }

    // cjson.c: compare_double
    private static boolean isNearly(double a, double b) {
        return Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * EPSILON;
    }
}
