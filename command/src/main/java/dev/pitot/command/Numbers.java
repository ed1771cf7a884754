package dev.pitot.command;

import dev.pitot.model.unit.Scale;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Numbers on a command line. iperf reads plain ones with atoi and atof, which take garbage for 0
/// and stop at the first odd letter; here both are refused with a sentence that names the option
/// and the value.
final class Numbers {
    private static final double NANOS_PER_SECOND = 1e9;
    /// More than any setting allows, so that the setting itself refuses it with its own range.
    private static final double ENDLESS_SECONDS = 1e9;

    private Numbers() {}

    /// A whole number; one beyond an int is cut to the nearest, which every range check then
    /// refuses.
    static int whole(Option option, String value) throws UsageException {
        String digits = value.strip();
        if (!digits.matches("[+-]?[0-9]+")) {
            throw UsageException.value(option, value, "a whole number");
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException _) { // all digits, so merely too long
            return digits.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
    }

    /// A whole number as strtol reads it with base 0: decimal, octal with a leading 0, or
    /// hexadecimal with 0x; one beyond an int is cut to the greatest.
    ///
    /// @return null if it is no such number
    static @Nullable Integer anyBase(String text) {
        if (!text.matches("0[0-7]*|0[xX][0-9a-fA-F]+|[+-]?[1-9][0-9]*")) {
            return null;
        }
        try {
            return Integer.decode(text);
        } catch (NumberFormatException _) { // too long: out of any range
            return Integer.MAX_VALUE;
        }
    }

    /// Seconds with an optional fraction.
    static Duration seconds(Option option, String value) throws UsageException {
        String digits = value.strip();
        if (!digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw UsageException.value(option, value, "a number of seconds");
        }
        double seconds = Math.clamp(Double.parseDouble(digits), -ENDLESS_SECONDS, ENDLESS_SECONDS);
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    /// Whole milliseconds.
    static Duration millis(Option option, String value) throws UsageException {
        return Duration.ofMillis(whole(option, value));
    }

    /// A size with an optional binary suffix, cut to the greatest int, which every range check
    /// then refuses.
    static int size(String value) {
        return (int) Math.min(Scale.BINARY.parse(value), Integer.MAX_VALUE);
    }
}
