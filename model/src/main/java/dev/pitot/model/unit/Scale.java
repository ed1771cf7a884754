package dev.pitot.model.unit;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;

/// What iperf's suffixes K, M, G and T multiply by: 1024 for sizes, 1000 for rates (iperf's units.c: KILO_UNIT,
/// KILO_RATE_UNIT).
public enum Scale {
    /// Sizes: `-n -k -l -w`.
    BINARY(1024),
    /// Rates: `-b --fq-rate`.
    DECIMAL(1000);

    private static final String SUFFIXES = "kmgt";

    private final long step;

    Scale(long step) {
        this.step = step;
    }

    /// Reads a number such as `10`, `1.5K` or `2g`. As in iperf 3.20, a letter outside KMGT is refused and only
    /// the first letter after the number counts (`10Mb` is 10M); unlike iperf, text that is no number is refused.
    ///
    /// @return the value, rounded towards 0
    /// @throws InvalidSettingException (error 38) if the text is no such number, is negative or exceeds a `long`
    public long parse(String text) {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        double number;
        try {
            number = Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException _) { // not a number: refused below with iperf's words
            throw invalid(text);
        }
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
