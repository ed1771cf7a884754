package dev.pitot.lab.store;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Figures as text that reads back as the same figure: the shortest digits, no exponent, whole
/// numbers without a point.
final class Decimals {
    private Decimals() {}

    /// Null if it is no number.
    static @Nullable BigDecimal of(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        var exact = new BigDecimal(Double.toString(value));
        return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }

    /// Empty if there is none, or it is no number.
    static String text(@Nullable Double value) {
        BigDecimal decimal = value == null ? null : of(value);
        return decimal == null ? "" : decimal.toPlainString();
    }
}
