package dev.pitot.lab.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The time of arrival that saved raw lines, and iperf3's with `--timestamps`, begin with:
/// `2026-11-21 04:07:18,`, `2026-11-21T04:07:18.123Z `.
final class TimePrefix {
    private static final Pattern PREFIX = Pattern.compile(
            "^(\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?)(?:[,;\\t]|(?: |$))");

    private TimePrefix() {}

    /// The line without its time.
    static String cut(String line) {
        Matcher matcher = PREFIX.matcher(line);
        return matcher.find() ? line.substring(matcher.end()) : line;
    }

    /// The time as it is written; empty if the line does not begin with one.
    static String of(String line) {
        Matcher matcher = PREFIX.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }
}
