package dev.pitot.lab.os;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what `ping` prints.
final class PingReplies {
    /// `time=0.045 ms`, on Windows `time<1ms` and `Zeit=3ms`: there is no blank before the
    /// number, unlike in the summary.
    private static final Pattern TIME = Pattern.compile("[=<](\\d{1,9}(?:[.,]\\d{1,9})?) ?ms\\b");

    private PingReplies() {}

    /// The mean of all that came back, in milliseconds.
    static @Nullable Double mean(String output) {
        List<Double> times = new ArrayList<>();
        for (String line : TextSearch.lines(output)) {
            Matcher matcher = TIME.matcher(line);
            if (!line.toLowerCase(Locale.ROOT).contains("rtt") && matcher.find()) {
                times.add(Double.valueOf(matcher.group(1).replace(',', '.')));
            }
        }
        return times.isEmpty()
                ? null
                : times.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
