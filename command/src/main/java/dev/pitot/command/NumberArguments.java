package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.unit.UnitScale;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Numbers on a command line. iperf reads them with atoi, atof and scanf, which read garbage as 0 and
/// stop at the first unexpected letter. Here a value with one sensible meaning is accepted (`10s` is
/// ten seconds), and every other is rejected with an error that names the option and the value;
/// docs/compatibility.md has the table.
final class NumberArguments {
    private static final double NANOS_PER_SECOND = 1e9;
    /// More than any setting allows, so that the setting's own range check rejects it.
    private static final double ENDLESS_SECONDS = 1e9;

    private static final String SECONDS = "s";
    private static final String MILLIS = "ms";

    private NumberArguments() {}

    /// Parses a whole number, which may have a fraction of 0. A number beyond an int becomes the
    /// nearest int, which every range check then rejects.
    static int whole(Given given) throws UsageException {
        return whole(given, given.text(), "a whole number");
    }

    /// Parses a whole number of seconds, with an optional unit.
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
        } catch (NumberFormatException _) { // all digits, so out of range
            return digits.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
    }

    /// Parses a whole number as strtol does with base 0: decimal, octal with a leading 0, or
    /// hexadecimal with 0x. A number beyond an int becomes the greatest int.
    ///
    /// @return null if strtol finds no number either; iperf has an error for that
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
        } catch (NumberFormatException _) { // out of any range
            return Integer.MAX_VALUE;
        }
    }

    /// Parses seconds with an optional fraction and an optional unit.
    static Duration seconds(Given given) throws UsageException {
        String digits = without(SECONDS, given.text()).strip();
        if (!digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw UsageException.value(given, "a number of seconds");
        }
        double seconds = Math.clamp(Double.parseDouble(digits), -ENDLESS_SECONDS, ENDLESS_SECONDS);
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    /// Parses whole milliseconds, with an optional unit.
    static Duration millis(Given given) throws UsageException {
        return Duration.ofMillis(whole(given, without(MILLIS, given.text()), "a whole number of milliseconds"));
    }

    /// True if the value has the unit of milliseconds.
    static boolean isInMillis(Given given) {
        return given.text().strip().endsWith(MILLIS);
    }

    /// Parses a number with an optional suffix K, M, G or T.
    ///
    /// @throws dev.pitot.model.error.InvalidSettingException (error 38) with iperf's text, if iperf
    ///     rejects it too
    static long scaled(Given given, UnitScale scale) throws UsageException {
        String number = given.text().strip();
        if (number.startsWith("-")) {
            throw UsageException.value(given, "a number that is not negative");
        }
        if (number.matches("[+]?0[xX].*")) { // scanf would accept it, but not its suffixes
            throw UsageException.value(given, "a decimal number");
        }
        long result = scale.parse(number.startsWith("+") ? number.substring(1) : number);
        if (result == 0 && number.matches("[+.0]*[1-9].*")) { // truncated to 0, which has another meaning
            throw UsageException.value(given, "1 or more, or 0,");
        }
        return result;
    }

    /// Parses a size with an optional binary suffix. A size beyond an int becomes the greatest int,
    /// which every range check then rejects.
    static int size(Given given) throws UsageException {
        return (int) Math.min(scaled(given, UnitScale.BINARY), Integer.MAX_VALUE);
    }

    private static String without(String unit, String value) {
        String text = value.strip();
        return text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
    }
}
