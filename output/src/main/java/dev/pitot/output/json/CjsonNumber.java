package dev.pitot.output.json;

import dev.pitot.output.figure.SignificantDigits;

/// Numbers as iperf's cJSON writes them (cjson.c: print_number): without a fraction if there is
/// none, else C's `%1.15g` where that reads back as nearly the same number, else `%1.17g`.
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
