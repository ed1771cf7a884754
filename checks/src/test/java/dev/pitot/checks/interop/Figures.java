package dev.pitot.checks.interop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Single figures out of a JSON report, found by their names: enough for a test, and independent
/// of our own reader.
final class Figures {
    private Figures() {}

    /// The number of bytes in the sum of this name.
    ///
    /// @param sum for example `sum_sent`
    /// @throws AssertionError with the report, if there is none
    static long bytes(String report, String sum) {
        Matcher matcher = Pattern.compile("\"" + sum + "\":\\s*\\{[^}]*?\"bytes\":\\s*(\\d+)")
                .matcher(report);
        if (!matcher.find()) {
            throw new AssertionError("no bytes of " + sum + " in " + report);
        }
        return Long.parseLong(matcher.group(1));
    }
}
