package dev.pitot.output.text;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.output.Lines;
import dev.pitot.output.format.FileShare;
import dev.pitot.output.format.IperfTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the lines of a summary: per direction each stream's totals, their sum, and with `-V` CPU
/// utilization and congestion control.
///
/// Unknown values are never printed as zero. A server, which prints before the ends exchange
/// results, omits the other end's line (or, with `-V`, prints that it is not available), as in
/// iperf; a client whose test was aborted prints that it is not available, where iperf 3.21 prints
/// a line of zeros.
final class SummaryText {
    private static final int BLANKS_BEFORE_TAG = 12;
    private static final int BLANKS_BEFORE_SUM_TAG = 13;
    private static final String SUM = "[SUM]";
    private static final String SENDER = "sender";
    private static final String RECEIVER = "receiver";

    private final DataLine line;
    private final TestRole role;
    private final boolean ofDatagrams;
    private final boolean verbose;
    private final Lines out;

    /// Creates the printer for one test.
    ///
    /// @param ofDatagrams true for a UDP test
    SummaryText(DataLine line, TestRole role, boolean ofDatagrams, boolean verbose, Lines out) {
        this.line = line;
        this.role = role;
        this.ofDatagrams = ofDatagrams;
        this.verbose = verbose;
        this.out = out;
    }

    void print(Summary summary) {
        out.print(Header.SEPARATOR);
        if (verbose) {
            out.print("Test Complete. Summary Results:");
        }
        out.print(header(summary));
        for (Summary.OfDirection direction : summary.directions()) {
            printDirection(summary, direction);
            if (verbose) {
                new VerboseText(line.isBidirectional(), out).print(summary, direction.role());
            }
        }
    }

    private String header(Summary summary) {
        boolean bidirectional = line.isBidirectional();
        if (ofDatagrams) {
            return Header.withLoss(bidirectional);
        }
        return knowsRetransmits(summary) ? Header.withRetransmits(bidirectional) : Header.plain(bidirectional);
    }

    private void printDirection(Summary summary, Summary.OfDirection direction) {
        StreamRole streamRole = direction.role();
        List<Summary.OfStream> streams = summary.streams().stream()
                .filter(stream -> stream.stream().role() == streamRole)
                .toList();
        streams.forEach(this::printStream);
        if (streams.size() > 1) {
            printTotal(SUM, streamRole, SENDER, direction.sent());
            printTotal(SUM, streamRole, RECEIVER, direction.received());
        }
    }

    private void printStream(Summary.OfStream stream) {
        String label = DataLine.label(stream.stream().label());
        StreamRole streamRole = stream.stream().role();
        printTotal(label, streamRole, SENDER, stream.sent());
        printArrivals(stream);
        printFile(stream);
        printTotal(label, streamRole, RECEIVER, stream.received());
    }

    private void printTotal(String label, StreamRole streamRole, String tag, @Nullable Total total) {
        if (total != null) {
            out.print(line.of(label, streamRole, total) + ending(label, tag, total));
        } else if (saysWhatIsMissing(label)) {
            out.print(label + " (" + tag + " statistics not available)");
        }
    }

    // iperf 3.21 has no such line for UDP sums (iperf_api.c: iperf_print_results)
    private boolean saysWhatIsMissing(String label) {
        return role == TestRole.CLIENT || (verbose && !(ofDatagrams && label.equals(SUM)));
    }

    private static String ending(String label, String tag, Total total) {
        Datagrams datagrams = total.datagrams();
        if (datagrams != null) {
            return DatagramText.received(datagrams, tag);
        }
        Long retransmits = total.retransmits();
        if (retransmits == null) {
            return DataLine.withoutRetransmits(tag);
        }
        int blanks = label.equals(SUM) ? BLANKS_BEFORE_SUM_TAG : BLANKS_BEFORE_TAG;
        return DataLine.withRetransmits(retransmits, blanks, tag);
    }

    // iperf counts duplicates as out of order and has no line for them.
    private void printArrivals(Summary.OfStream stream) {
        Total received = stream.received();
        Datagrams datagrams = received == null ? null : received.datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        if (received == null || reception == null) {
            return;
        }
        Total timed = stream.sent() == null ? received : stream.sent();
        double seconds = IperfTime.seconds(timed.nanos());
        StreamRole streamRole = stream.stream().role();
        if (reception.outOfOrder() > 0) {
            out.print(line.arrivals(streamRole, seconds, reception.outOfOrder(), "datagrams received out-of-order"));
        }
        if (reception.duplicates() > 0) {
            out.print(line.arrivals(streamRole, seconds, reception.duplicates(), "duplicate datagrams received"));
        }
    }

    private void printFile(Summary.OfStream stream) {
        if (stream.file() == null) {
            return;
        }
        Total moved = stream.stream().role().isSender() ? stream.sent() : stream.received();
        var share = new FileShare(stream.file(), moved == null ? 0 : moved.bytes());
        out.print("        Sent " + UnitFormat.ADAPTIVE_BYTES.format((double) share.bytes()) + " / "
                + UnitFormat.ADAPTIVE_BYTES.format((double) stream.file().sizeBytes()) + " (" + share.percent()
                + "%) of " + stream.file().name());
    }

    private static boolean knowsRetransmits(Summary summary) {
        return summary.streams().stream()
                .map(Summary.OfStream::sent)
                .anyMatch(sent -> sent != null && sent.retransmits() != null);
    }
}
