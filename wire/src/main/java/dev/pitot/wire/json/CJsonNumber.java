package dev.pitot.wire.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Number format of cJSON (iperf 3.21, cjson.c: print_number): whole numbers without a fraction,
/// otherwise 15 significant digits if they represent the same number, else 17.
public final class CJsonNumber {
    private static final int SHORT_DIGITS = 15;
    private static final int FULL_DIGITS = 17;
    private static final int LEAST_PLAIN_EXPONENT = -4; // as C's %g

    private CJsonNumber() {}

    /// Formats a number; `null` if it is not finite.
    public static String format(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == (double) (long) value) {
            return Long.toString((long) value);
        }
        String text = significant(value, SHORT_DIGITS);
        return same(Double.parseDouble(text), value) ? text : significant(value, FULL_DIGITS);
    }

    /// True if cJSON considers both equal (compare_double): their relative difference is at most
    /// DBL_EPSILON.
    private static boolean same(double one, double other) {
        return Math.abs(one - other) <= Math.max(Math.abs(one), Math.abs(other)) * Math.ulp(1.0);
    }

    /// C's `%.{digits}g`.
    private static String significant(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= LEAST_PLAIN_EXPONENT && exponent < digits) {
            return rounded.toPlainString();
        }
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString()
                + String.format(Locale.ROOT, "e%+03d", exponent);
    }
}
