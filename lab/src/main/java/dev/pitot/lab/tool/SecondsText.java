package dev.pitot.lab.tool;

import java.math.BigDecimal;
import java.time.Duration;

/// Seconds as iperf takes them.
final class SecondsText {
    private static final int NANO_PLACES = 9;

    private SecondsText() {}

    /// Without needless places: `10`, `0.5`.
    static String text(Duration length) {
        return BigDecimal.valueOf(length.toNanos(), NANO_PLACES)
                .stripTrailingZeros()
                .toPlainString();
    }
}
