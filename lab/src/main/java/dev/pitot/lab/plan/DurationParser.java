package dev.pitot.lab.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lengths of time as people write them: `10`, `1.5 s`, `2 days 3 hours 22 minutes`.
final class DurationParser {
    static final String EXAMPLES = "30, 1.5 s, 500 ms or 2 h 10 min";
    /// Longer than any session.
    static final Duration MAX = Duration.ofDays(1000);

    private static final Pattern PART = Pattern.compile("\\s*([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*([A-Za-z]*)\\s*,?");
    private static final Pattern UNIT = Pattern.compile(
            "|s|sec|secs|second|seconds|m|min|mins|minute|minutes|h|hour|hours|d|day|days|ms|msec|milliseconds?");
    private static final double SECOND = 1e9;

    private DurationParser() {}

    /// A length of time in a plan: numbers with ms, s, min, h or d; bare is seconds.
    ///
    /// @return null if the text is none
    static @Nullable Duration parse(String text) {
        return parse(text, false);
    }

    /// As apetools reads it: the first letter of a unit decides, whatever follows.
    ///
    /// @return null if the text is none
    static @Nullable Duration parseByFirstLetter(String text) {
        return parse(text, true);
    }

    private static @Nullable Duration parse(String text, boolean isFirstLetterEnough) {
        Matcher part = PART.matcher(text);
        double nanos = 0;
        int end = 0;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                return null;
            }
            String unit = part.group(2).toLowerCase(Locale.ROOT);
            if (!isFirstLetterEnough && !UNIT.matcher(unit).matches()) {
                return null;
            }
            double each = unitNanos(isFirstLetterEnough && !unit.isEmpty() ? unit.substring(0, 1) : unit);
            nanos += Double.parseDouble(part.group(1)) * each;
            end = part.end();
        }
        // NaN for an unknown unit
        if (end == 0 || !(nanos <= MAX.toNanos())) {
            return null;
        }
        return Duration.ofNanos(Math.round(nanos));
    }

    private static double unitNanos(String unit) {
        if (unit.startsWith("ms") || unit.startsWith("milli")) {
            return SECOND / 1000;
        }
        return switch (unit.isEmpty() ? 's' : unit.charAt(0)) {
            case 's' -> SECOND;
            case 'm' -> 60 * SECOND;
            case 'h' -> 3600 * SECOND;
            case 'd' -> 86_400 * SECOND;
            default -> Double.NaN;
        };
    }
}
