package dev.pitot.wire.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// A number as cJSON prints it (iperf 3.21, cjson.c: print_number): whole numbers without a fraction, else
/// 15 significant digits where they name the same number, else 17.
public final class CJsonNumber {
    private static final int SHORT_DIGITS = 15;
    private static final int FULL_DIGITS = 17;
    private static final int LEAST_PLAIN_EXPONENT = -4; // as C's %g

    private CJsonNumber() {}

    /// The number's text; `null` for one that is not finite.
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

    /// Whether cJSON takes both for the same (compare_double): they differ by no more than DBL_EPSILON,
    /// relatively.
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
