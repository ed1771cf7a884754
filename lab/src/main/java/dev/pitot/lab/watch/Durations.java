package dev.pitot.lab.watch;

import java.math.BigDecimal;
import java.time.Duration;

/// Lengths of time as people read them.
final class Durations {
    private Durations() {}

    /// In seconds, to the millisecond: `1.5 s`.
    static String text(Duration length) {
        return BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /// In seconds, exactly to the millisecond.
    static double seconds(Duration length) {
        return length.toMillis() / 1e3;
    }
}
