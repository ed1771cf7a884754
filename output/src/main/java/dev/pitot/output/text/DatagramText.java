package dev.pitot.output.text;

import dev.pitot.model.result.Datagrams;
import dev.pitot.output.figure.Loss;
import dev.pitot.output.figure.SignificantDigits;
import org.jspecify.annotations.Nullable;

/// What stands behind the rate in the lines of UDP (iperf_locale.c: report_bw_udp_format and its
/// siblings).
final class DatagramText {
    private static final String BLANKS_FOR_JITTER = " ".repeat(10); // iperf_api.c: zbuf
    private static final int JITTER_DIGITS = 3;
    private static final int JITTER_WIDTH = 5;
    private static final int PERCENT_DIGITS = 2;
    private static final double MILLIS_PER_SECOND = 1000.0;
    private static final Datagrams.Reception NOT_MEASURED = new Datagrams.Reception(0L, 0, 0, 0);

    private DatagramText() {}

    /// Behind a sender's part of an interval: how many it sent.
    ///
    /// @param bidirectional whether the lines of receivers stand in between, whose columns are
    ///     wider
    static String sent(Datagrams datagrams, boolean bidirectional, String tag) {
        return " " + (bidirectional ? BLANKS_FOR_JITTER : "") + " " + packets(datagrams) + "  " + tag;
    }

    /// Behind a receiver's part of an interval and behind any total. A sender's total has a
    /// jitter and a loss of 0, as in iperf.
    static String received(Datagrams datagrams, String tag) {
        Datagrams.Reception known = datagrams.reception();
        Datagrams.Reception reception = known == null ? NOT_MEASURED : known;
        String jitter = "  "
                + FixedPoint.of(reception.jitterSeconds() * MILLIS_PER_SECOND, JITTER_DIGITS, JITTER_WIDTH)
                + " ms  ";
        return jitter + loss(reception.lost(), packets(datagrams)) + "  " + tag;
    }

    private static String loss(@Nullable Long lost, long packets) {
        if (lost == null) {
            return "Unknown/" + packets;
        }
        Loss loss = Loss.of(lost, packets);
        return loss.lost() + "/" + packets + " (" + SignificantDigits.of(loss.percent(), PERCENT_DIGITS) + "%)";
    }

    private static long packets(Datagrams datagrams) {
        return Math.max(0, datagrams.packets()); // another machine may say anything
    }
}
