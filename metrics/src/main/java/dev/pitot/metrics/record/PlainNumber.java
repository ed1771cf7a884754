package dev.pitot.metrics.record;

import java.math.BigDecimal;
import java.time.Instant;

/// Numbers in plain decimal digits, never with an exponent: every reader takes those.
public final class PlainNumber {
    private static final int NANO_DIGITS = 9;

    private PlainNumber() {}

    /// The shortest digits that give the same double back (`1`, not `1.0`), as Rust prints them;
    /// `NaN`, `+Inf` and `-Inf` as Prometheus reads them.
    public static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /// Seconds since 1970, to the nanosecond.
    public static String unixSeconds(Instant time) {
        BigDecimal nanos = BigDecimal.valueOf(time.getNano(), NANO_DIGITS);
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(nanos)
                .stripTrailingZeros()
                .toPlainString();
    }
}
