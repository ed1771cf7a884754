package dev.pitot.checks.interop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values of a JSON report, found by their names. Simple, and independent of our own parser.
final class Figures {
    private Figures() {}

    /// Returns the number of bytes in a sum.
    ///
    /// @param sum for example `sum_sent`
    /// @throws AssertionError with the report, if it is missing
    static long bytes(String report, String sum) {
        Matcher matcher = Pattern.compile("\"" + sum + "\":\\s*\\{[^}]*?\"bytes\":\\s*(\\d+)")
                .matcher(report);
        if (!matcher.find()) {
            throw new AssertionError("no bytes of " + sum + " in " + report);
        }
        return Long.parseLong(matcher.group(1));
    }
}
