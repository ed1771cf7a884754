package dev.pitot.output.text;

import dev.pitot.model.result.Datagrams;
import dev.pitot.output.format.Loss;
import dev.pitot.output.format.SignificantDigits;
import org.jspecify.annotations.Nullable;

/// Formats the UDP columns after the rate (iperf_locale.c: report_bw_udp_format and its siblings).
final class DatagramText {
    private static final String BLANKS_FOR_JITTER = " ".repeat(10); // iperf_api.c: zbuf
    private static final int JITTER_DIGITS = 3;
    private static final int JITTER_WIDTH = 5;
    private static final int PERCENT_DIGITS = 2;
    private static final double MILLIS_PER_SECOND = 1000.0;
    private static final Datagrams.Reception NOT_MEASURED = new Datagrams.Reception(0L, 0, 0, 0);

    private DatagramText() {}

    /// Returns the columns of a sender's interval: number of datagrams sent.
    ///
    /// @param bidirectional true if lines of receivers, whose columns are wider, are printed too
    static String sent(Datagrams datagrams, boolean bidirectional, String tag) {
        return " " + (bidirectional ? BLANKS_FOR_JITTER : "") + " " + packets(datagrams) + "  " + tag;
    }

    /// Returns the columns of a receiver's interval and of any total. A sender's total has a jitter
    /// and a loss of 0, as in iperf.
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
        return Math.max(0, datagrams.packets()); // the peer's value is not trusted
    }
}
