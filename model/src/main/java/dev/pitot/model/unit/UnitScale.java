package dev.pitot.model.unit;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Multiplier of iperf's suffixes K, M, G and T: powers of 1024 for sizes, of 1000 for rates
/// (iperf's units.c: KILO_UNIT, KILO_RATE_UNIT).
public enum UnitScale {
    /// Sizes: `-n -k -l -w`.
    BINARY(1024),
    /// Rates, such as `-b`.
    DECIMAL(1000);

    /// Syntax of C's `%lf`, without signs and hexadecimal.
    private static final Pattern NUMBER = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private static final String SUFFIXES = "kmgt";

    private final long step;

    UnitScale(long step) {
        this.step = step;
    }

    /// Parses a number such as `10`, `1.5K`, `1e6` or `2g`. As in iperf 3.20, a letter outside KMGT
    /// is rejected and only the first letter after the number counts (`10Mb` is 10M); unlike in
    /// iperf, text that is not a number is rejected.
    ///
    /// @return the value, rounded towards 0
    /// @throws InvalidSettingException (error 38) if the text is not such a number, is negative or
    ///     exceeds a `long`
    public long parse(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.lookingAt()) {
            throw invalid(text);
        }
        int end = matcher.end();
        double number = Double.parseDouble(matcher.group());
        double value = number * multiplier(text, end);
        if (value >= Long.MAX_VALUE) { // as a double: 2^63, the first that does not fit
            throw invalid(text);
        }
        return (long) value;
    }

    private long multiplier(String text, int end) {
        if (end == text.length()) {
            return 1;
        }
        int power = SUFFIXES.indexOf(Character.toLowerCase(text.charAt(end)));
        if (power < 0) {
            throw invalid(text);
        }
        long multiplier = step;
        for (int i = 0; i < power; i++) {
            multiplier *= step;
        }
        return multiplier;
    }

    private static InvalidSettingException invalid(String text) {
        return new InvalidSettingException(IperfError.UNIT_SUFFIX, "'" + text + "'");
    }
}
