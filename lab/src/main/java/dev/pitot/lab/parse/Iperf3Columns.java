package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Details;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands behind the rate in iperf3's rows.
///
/// @param details what it tells
/// @param isOmitted whether it is of the warm-up
/// @param count whose count a total is: true of the sender, false of the receiver, null if it
/// does not say
record Iperf3Columns(
        Details details, boolean isOmitted, @Nullable Boolean count) {
    /// `0.004 ms  1/382 (0.26%)`; before iperf 3.1.4 also with an exponent of the percentage.
    private static final Pattern RECEIVED =
            Pattern.compile("^(\\d{1,12}(?:\\.\\d{1,9})?) ms +(-?\\d{1,18})/(-?\\d{1,18}) ");

    /// Retransmits of TCP, or datagrams.
    private static final Pattern NUMBER = Pattern.compile("^(\\d{1,18})(?: |$)");

    /// @param isDatagrams whether the heading has datagrams
    static Iperf3Columns read(String text, boolean isDatagrams) {
        boolean omitted = text.endsWith("(omitted)");
        Boolean count = text.endsWith("sender") ? Boolean.TRUE : text.endsWith("receiver") ? Boolean.FALSE : null;
        return new Iperf3Columns(details(text, isDatagrams), omitted, count);
    }

    private static Details details(String text, boolean isDatagrams) {
        Matcher received = RECEIVED.matcher(text + " ");
        if (received.find()) {
            double jitter = Double.parseDouble(received.group(1));
            return new Details(null, Details.count(received.group(3)), Details.count(received.group(2)), null, jitter);
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.find()) {
            return Details.NONE;
        }
        Long value = Long.valueOf(number.group(1));
        return isDatagrams ? new Details(null, value, null, null, null) : new Details(value, null, null, null, null);
    }
}
