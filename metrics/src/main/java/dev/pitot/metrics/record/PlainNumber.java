package dev.pitot.metrics.record;

import java.math.BigDecimal;
import java.time.Instant;

/// Formats numbers in plain decimal digits, never with an exponent, so that every reader can parse
/// them.
public final class PlainNumber {
    private static final int NANO_DIGITS = 9;

    private PlainNumber() {}

    /// Returns the shortest digits that parse to the same double (`1`, not `1.0`), as Rust prints
    /// them; `NaN`, `+Inf` and `-Inf` as Prometheus parses them.
    public static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /// Returns seconds since 1970, with nanosecond precision.
    public static String unixSeconds(Instant time) {
        BigDecimal nanos = BigDecimal.valueOf(time.getNano(), NANO_DIGITS);
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(nanos)
                .stripTrailingZeros()
                .toPlainString();
    }
}
