package dev.pitot.lab.probe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Numbers as files and messages have them.
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

    /// A length of time in seconds, to the millisecond: `1.5 s`.
    public static String seconds(Duration length) {
        return text(length.toMillis() / 1e3) + " s";
    }

    /// A number that a pattern has found; null if it is none.
    public static @Nullable Double parsed(@Nullable String text) {
        if (text == null || !text.matches("-?[0-9]{1,15}([.,][0-9]{1,15})?")) {
            return null;
        }
        return Double.valueOf(text.replace(',', '.'));
    }
}
