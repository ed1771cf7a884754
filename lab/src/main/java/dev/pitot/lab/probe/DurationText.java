package dev.pitot.lab.probe;

import java.math.BigDecimal;
import java.time.Duration;

/// Lengths of time as people read them.
public final class DurationText {
    private DurationText() {}

    /// In seconds, to the millisecond: `1.5 s`.
    public static String text(Duration length) {
        return BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /// In seconds, exactly to the millisecond.
    public static double seconds(Duration length) {
        return length.toMillis() / 1e3;
    }
}
