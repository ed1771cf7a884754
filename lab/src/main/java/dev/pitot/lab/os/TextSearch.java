package dev.pitot.lab.os;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text that a node has written.
final class TextSearch {
    private static final int MOST_LINES = 100_000;

    /// There is no blank before the number, unlike in the summary.
    private static final Pattern ROUND_TRIP = Pattern.compile("[=<](\\d{1,9}(?:[.,]\\d{1,9})?) ?ms\\b");

    private TextSearch() {}

    /// Its lines, whatever ends them; more than a hundred thousand are nobody's table.
    static List<String> lines(String output) {
        return output.lines().limit(MOST_LINES).toList();
    }

    /// The first group of the first place that matches; null if nothing does or it is empty.
    static @Nullable String first(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        return matcher.find() && matcher.group(1) != null && !matcher.group(1).isBlank()
                ? matcher.group(1).strip()
                : null;
    }

    /// Like [#first], as a number; null if it is none.
    static @Nullable Double number(Pattern pattern, String output) {
        String text = first(pattern, output);
        return text == null ? null : decimal(text);
    }

    static @Nullable Integer whole(Pattern pattern, String output) {
        Double number = number(pattern, output);
        return number == null || number != Math.rint(number) ? null : number.intValue();
    }

    /// A number with a point or a comma, at most nine digits on each side; null if it is none.
    static @Nullable Double decimal(String text) {
        String plain = text.replace(',', '.');
        return plain.matches("-?\\d{1,9}(\\.\\d{1,9})?") ? Double.valueOf(plain) : null;
    }

    /// The first round trip that `ping` prints, in milliseconds; null if there is none. On Windows `time<1ms`
    /// and `Zeit=3ms`; `rtt` begins the summary of other systems.
    static @Nullable Double roundTripMillis(String output) {
        return lines(output).stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).contains("rtt"))
                .map(line -> number(ROUND_TRIP, line))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
