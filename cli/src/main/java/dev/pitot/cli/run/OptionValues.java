package dev.pitot.cli.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Values of options of Pitot's own commands as numbers and times, or one sentence that says what is needed.
public final class OptionValues {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final int NANO_DIGITS = 9;
    private static final int MAX_DIGITS = 20;

    /// As the times of metrics: `500ms`, `10s`, `1.5m`, `1h`, and seconds without a unit.
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(ms|[smh]|)");

    private static final Map<String, BigDecimal> SECONDS_OF_UNIT = Map.of(
            "",
            BigDecimal.ONE,
            "ms",
            new BigDecimal("0.001"),
            "s",
            BigDecimal.ONE,
            "m",
            BigDecimal.valueOf(60),
            "h",
            BigDecimal.valueOf(3600));

    private OptionValues() {}

    /// Returns an option's value; null if it is not given, or not an option of this command.
    ///
    /// @throws IllegalArgumentException with a sentence, if it is no number of that range
    public static @Nullable BigDecimal number(ParseResult found, String option, String least, long most) {
        if (!found.hasMatchedOption(option)) {
            return null;
        }
        String text = found.matchedOptionValue(option, "");
        try {
            boolean isPlain = text.indexOf('e') < 0 && text.indexOf('E') < 0; // exponents may be huge
            if (text.length() <= MAX_DIGITS && isPlain) {
                var number = new BigDecimal(text);
                if (number.compareTo(new BigDecimal(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                    return number;
                }
            }
        } catch (NumberFormatException _) { // reported below
        }
        throw new IllegalArgumentException(
                "invalid value '" + text + "' for " + option + ": a number of " + least + " to " + most + " is needed");
    }

    /// Returns a number as an int.
    ///
    /// @throws IllegalArgumentException with a sentence, if it has a fraction
    public static int whole(String option, BigDecimal number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "invalid value '" + number.toPlainString() + "' for " + option + ": a whole number is needed", e);
        }
    }

    /// Returns an option's time, in seconds or with a unit; null if it is not given, or not an option of
    /// this command.
    ///
    /// @throws IllegalArgumentException with a sentence, if it is no time of that range
    public static @Nullable Duration time(ParseResult found, String option, Duration least, Duration most) {
        if (!found.hasMatchedOption(option)) {
            return null;
        }
        String text = found.matchedOptionValue(option, "");
        BigDecimal min = seconds(least);
        BigDecimal max = seconds(most);
        Matcher parts = TIME.matcher(text);
        if (parts.matches()) {
            BigDecimal seconds = new BigDecimal(parts.group(1))
                    .multiply(Objects.requireNonNull(SECONDS_OF_UNIT.get(parts.group(2))));
            if (seconds.compareTo(min) >= 0 && seconds.compareTo(max) <= 0) {
                return duration(seconds);
            }
        }
        throw new IllegalArgumentException("invalid value '" + text + "' for " + option + ": a time of "
                + min.toPlainString() + " to " + max.toPlainString()
                + " seconds, like 10, 500ms or 1.5m, is needed");
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), NANO_DIGITS).stripTrailingZeros();
    }

    /// Returns a time.
    ///
    /// @param seconds so few that their nanoseconds fit a long
    public static Duration duration(BigDecimal seconds) {
        return Duration.ofNanos(seconds.multiply(NANOS).longValue());
    }
}
