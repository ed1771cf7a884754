package dev.pitot.output.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// C's `%W.Df`: the exact binary value, rounded half to even, with a decimal point in every locale.
/// `String.format` rounds half up after a first rounding to decimal, which differs in the last
/// digit.
final class FixedPoint {
    private FixedPoint() {}

    /// Formats a number with `digits` decimals; a number that is not finite as 0.
    static String of(double value, int digits) {
        return new BigDecimal(Double.isFinite(value) ? value : 0)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /// Formats a number right-justified in at least `width` columns.
    static String of(double value, int digits, int width) {
        return right(of(value, digits), width);
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
