package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.unit.UnitScale;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Numbers on a command line. iperf reads them with atoi, atof and scanf, which take garbage for 0
/// and stop at the first odd letter. Here a value with one sensible meaning has that (`10s` is ten
/// seconds), and every other is refused with a sentence that names the option and the value;
/// docs/compatibility.md has the table.
final class NumberArguments {
    private static final double NANOS_PER_SECOND = 1e9;
    /// More than any setting allows, so that the setting itself refuses it with its own range.
    private static final double ENDLESS_SECONDS = 1e9;

    private static final String SECONDS = "s";
    private static final String MILLIS = "ms";

    private NumberArguments() {}

    /// A whole number, which may have a fraction of 0; one beyond an int is cut to the nearest, which
    /// every range check then refuses.
    static int whole(Given given) throws UsageException {
        return whole(given, given.text(), "a whole number");
    }

    /// A whole number of seconds, which may have its unit behind it.
    static int wholeSeconds(Given given) throws UsageException {
        return whole(given, without(SECONDS, given.text()), "a whole number of seconds");
    }

    private static int whole(Given given, String number, String wanted) throws UsageException {
        String digits = number.strip();
        if (!digits.matches("[+-]?[0-9]+(\\.0*)?")) {
            throw UsageException.value(given, wanted);
        }
        int dot = digits.indexOf('.');
        try {
            return Integer.parseInt(dot < 0 ? digits : digits.substring(0, dot));
        } catch (NumberFormatException _) { // all digits, so merely too long
            return digits.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
    }

    /// A whole number as strtol reads it with base 0: decimal, octal with a leading 0, or
    /// hexadecimal with 0x; one beyond an int is cut to the greatest.
    ///
    /// @return null if strtol finds no number either, which iperf has sentences for
    static @Nullable Integer anyBase(Given given) throws UsageException {
        String digits = given.text().strip();
        if (!digits.matches("[+-]?[0-9].*")) {
            return null;
        }
        if (!digits.matches("0[0-7]*|0[xX][0-9a-fA-F]+|[+-]?[1-9][0-9]*")) {
            throw UsageException.value(given, "a whole number");
        }
        try {
            return Integer.decode(digits);
        } catch (NumberFormatException _) { // too long: out of any range
            return Integer.MAX_VALUE;
        }
    }

    /// Seconds with an optional fraction, which may have their unit behind them.
    static Duration seconds(Given given) throws UsageException {
        String digits = without(SECONDS, given.text()).strip();
        if (!digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw UsageException.value(given, "a number of seconds");
        }
        double seconds = Math.clamp(Double.parseDouble(digits), -ENDLESS_SECONDS, ENDLESS_SECONDS);
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    /// Whole milliseconds, which may have their unit behind them.
    static Duration millis(Given given) throws UsageException {
        return Duration.ofMillis(whole(given, without(MILLIS, given.text()), "a whole number of milliseconds"));
    }

    /// Whether a value has the unit of milliseconds behind it.
    static boolean isInMillis(Given given) {
        return given.text().strip().endsWith(MILLIS);
    }

    /// A number with an optional suffix K, M, G or T.
    ///
    /// @throws dev.pitot.model.error.InvalidSettingException (error 38) in iperf's words, if iperf refuses it too
    static long scaled(Given given, UnitScale scale) throws UsageException {
        String number = given.text().strip();
        if (number.startsWith("-")) {
            throw UsageException.value(given, "a number that is not negative");
        }
        if (number.matches("[+]?0[xX].*")) { // iperf's scanf takes it, and its suffixes are no help there
            throw UsageException.value(given, "a decimal number");
        }
        long result = scale.parse(number.startsWith("+") ? number.substring(1) : number);
        if (result == 0 && number.matches("[+.0]*[1-9].*")) { // cut to 0, which means something else
            throw UsageException.value(given, "1 or more, or 0,");
        }
        return result;
    }

    /// A size with an optional binary suffix, cut to the greatest int, which every range check
    /// then refuses.
    static int size(Given given) throws UsageException {
        return (int) Math.min(scaled(given, UnitScale.BINARY), Integer.MAX_VALUE);
    }

    private static String without(String unit, String value) {
        String text = value.strip();
        return text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
    }
}
