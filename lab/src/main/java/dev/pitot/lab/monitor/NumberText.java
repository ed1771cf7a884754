package dev.pitot.lab.monitor;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Figures as files have them.
public final class NumberText {
    private static final int PLACES = 3;

    private NumberText() {}

    /// To three places, without zeros at the end; empty if it is absent.
    public static String text(@Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            return "";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /// A number that a pattern has found; null if it is none.
    static @Nullable Double parsed(@Nullable String text) {
        if (text == null || !text.matches("-?[0-9]{1,15}([.,][0-9]{1,15})?")) {
            return null;
        }
        return Double.valueOf(text.replace(',', '.'));
    }
}
