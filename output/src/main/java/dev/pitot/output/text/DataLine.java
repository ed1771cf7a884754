package dev.pitot.output.text;

import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.output.format.IperfTime;

/// Formats the part that all data lines have in common: label, role, time, amount and rate. The
/// columns after it depend on the kind of line.
///
/// The spacing is iperf's (iperf_locale.c: report_bw_format and its siblings); tools split these
/// lines by column.
final class DataLine {
    private static final int TIME_WIDTH = 6;
    private static final int TIME_DIGITS = 2;
    private static final int ARRIVAL_WIDTH = 4;
    private static final int ARRIVAL_DIGITS = 1;
    private static final int LABEL_WIDTH = 3;
    private static final int RETRANSMITS_WIDTH = 3;
    private static final String NO_RETRANSMITS = " ".repeat(18);

    private final UnitFormat rate;
    private final boolean bidirectional;
    private final TestRole role;

    /// Creates the formatter for one test.
    ///
    /// @param rate format of the rate column
    /// @param bidirectional true if lines name their direction
    /// @param role role of the local end
    DataLine(UnitFormat rate, boolean bidirectional, TestRole role) {
        this.rate = rate;
        this.bidirectional = bidirectional;
        this.role = role;
    }

    boolean isBidirectional() {
        return bidirectional;
    }

    static String label(int label) {
        return "[" + FixedPoint.right(Integer.toString(label), LABEL_WIDTH) + "]";
    }

    /// Formats a stream's part of an interval, up to the rate.
    String of(Interval.OfStream part) {
        double start = IperfTime.seconds(part.span().startNanos());
        double end = IperfTime.seconds(part.span().endNanos());
        String front = label(part.stream().label()) + tag(part.stream().role()) + times(start, end);
        return front + amounts(part.bytes(), IperfTime.duration(part.span()));
    }

    /// Formats a direction's part of an interval, up to the rate.
    String of(Interval.Sum sum) {
        double start = IperfTime.seconds(sum.span().startNanos());
        double end = IperfTime.seconds(sum.span().endNanos());
        return "[SUM]" + tag(sum.role()) + times(start, end) + amounts(sum.bytes(), IperfTime.duration(sum.span()));
    }

    /// Formats a total, up to the rate.
    ///
    /// @param label label with its brackets
    /// @param direction role of the local end in it
    String of(String label, StreamRole direction, Total total) {
        double end = IperfTime.seconds(total.nanos());
        return label + tag(direction) + times(0, end) + amounts(total.bytes(), end);
    }

    /// Formats a line about datagrams that arrived out of order or twice. Its label is `[SUM]` even
    /// for a single stream, as in iperf 3.21 (iperf_locale.c: report_sum_outoforder).
    ///
    /// @param seconds test time of the sender
    /// @param what description, such as `datagrams received out-of-order`
    String arrivals(StreamRole direction, double seconds, long count, String what) {
        String times = FixedPoint.of(0, ARRIVAL_DIGITS, ARRIVAL_WIDTH) + "-"
                + FixedPoint.of(seconds, ARRIVAL_DIGITS, ARRIVAL_WIDTH);
        return "[SUM]" + tag(direction) + " " + times + " sec  " + count + " " + what;
    }

    /// Returns the end of a line, after the rate, if retransmits are not known.
    static String withoutRetransmits(String tag) {
        return NO_RETRANSMITS + tag;
    }

    /// Returns the end of a line, after the rate, with the retransmit column (`Retr`).
    static String withRetransmits(long retransmits, int blanks, String tag) {
        String count = FixedPoint.right(Long.toString(retransmits), RETRANSMITS_WIDTH);
        return "  " + count + " ".repeat(blanks) + tag;
    }

    private static String times(double start, double end) {
        return " " + FixedPoint.of(start, TIME_DIGITS, TIME_WIDTH) + "-"
                + FixedPoint.left(FixedPoint.of(end, TIME_DIGITS), TIME_WIDTH) + " sec  ";
    }

    private String amounts(long bytes, double seconds) {
        return UnitFormat.ADAPTIVE_BYTES.format((double) bytes) + "s  " + rate.format(IperfTime.rate(bytes, seconds))
                + "s/sec";
    }

    private String tag(StreamRole direction) {
        if (!bidirectional) {
            return "";
        }
        return (direction.isSender() ? "[TX-" : "[RX-") + (role == TestRole.CLIENT ? "C]" : "S]");
    }
}
