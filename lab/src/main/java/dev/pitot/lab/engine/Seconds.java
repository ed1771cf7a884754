package dev.pitot.lab.engine;

import java.math.BigDecimal;
import java.time.Duration;

/// Seconds as iperf takes them.
final class Seconds {
    private static final int NANO_PLACES = 9;

    private Seconds() {}

    /// Without needless places: `10`, `0.5`.
    static String text(Duration length) {
        return BigDecimal.valueOf(length.toNanos(), NANO_PLACES)
                .stripTrailingZeros()
                .toPlainString();
    }
}
