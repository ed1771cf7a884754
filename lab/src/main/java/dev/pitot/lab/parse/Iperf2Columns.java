package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Details;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands behind the rate in iperf 2's rows.
///
/// @param details what it tells
/// @param countsLoss whether it is a receiver's, with lost and expected datagrams
record Iperf2Columns(Details details, boolean countsLoss) {
    /// `0.002 ms 0/684 (0%)`, and more in an enhanced report.
    private static final Pattern RECEIVED =
            Pattern.compile("^(\\d{1,12}(?:\\.\\d{1,9})?) ms +(-?\\d{1,18})/ *(-?\\d{1,18})");

    /// `3/693 (0.43%)`: the sum of receivers, without a jitter.
    private static final Pattern SUM_RECEIVED = Pattern.compile("^(-?\\d{1,18})/ *(-?\\d{1,18}) \\(");

    /// `684/0     1376 pps`: written datagrams and errors of an enhanced sender, and under the
    /// same heading `3/693     1388 pps`, lost and expected ones of the sum of enhanced
    /// receivers.
    private static final Pattern RATE = Pattern.compile("^(\\d{1,18})/(\\d{1,18}) +\\d{1,18} pps");

    /// `41877/0         44     2046K/183(152) us`: writes, errors and resent segments.
    private static final Pattern WRITES = Pattern.compile("^\\d{1,18}/\\d{1,18} +(\\d{1,18})(?: |$)");

    /// @param afterReceiver whether the row before was a receiver's, which tells what `3/693`
    /// of a sum means
    static Iperf2Columns read(String text, boolean afterReceiver) {
        Matcher received = RECEIVED.matcher(text);
        if (received.find()) {
            double jitter = Double.parseDouble(received.group(1));
            return new Iperf2Columns(loss(received.group(2), received.group(3), jitter), true);
        }
        Matcher sum = SUM_RECEIVED.matcher(text);
        if (sum.find()) {
            return new Iperf2Columns(loss(sum.group(1), sum.group(2), null), true);
        }
        Matcher rate = RATE.matcher(text);
        if (rate.find()) {
            return afterReceiver
                    ? new Iperf2Columns(loss(rate.group(1), rate.group(2), null), true)
                    : new Iperf2Columns(new Details(null, Long.valueOf(rate.group(1)), null, null, null), false);
        }
        Matcher writes = WRITES.matcher(text);
        return writes.find()
                ? new Iperf2Columns(new Details(Long.valueOf(writes.group(1)), null, null, null, null), false)
                : new Iperf2Columns(Details.NONE, false);
    }

    private static Details loss(String lost, String expected, @Nullable Double jitterMillis) {
        return new Details(null, Details.count(expected), Details.count(lost), null, jitterMillis);
    }
}
