package dev.pitot.output.text;

import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.output.Lines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of a summary: per direction each stream's totals, their sum, and for `-V` processors and
/// congestion control.
///
/// What one end does not know is never shown as zero. A server, which prints before the ends exchange their
/// figures, leaves the other side's line out (or says so with `-V`), as in iperf; a client that broke off
/// says so, where iperf 3.21 prints a line of zeros.
final class SummaryText {
    private static final int BLANKS_BEFORE_TAG = 12;
    private static final int BLANKS_BEFORE_SUM_TAG = 13;
    private static final String SUM = "[SUM]";

    private final DataLine line;
    private final TestRole role;
    private final boolean verbose;
    private final Lines out;

    SummaryText(DataLine line, TestRole role, boolean verbose, Lines out) {
        this.line = line;
        this.role = role;
        this.verbose = verbose;
        this.out = out;
    }

    void print(Summary summary) {
        out.print(Header.SEPARATOR);
        if (verbose) {
            out.print("Test Complete. Summary Results:");
        }
        boolean bidirectional = line.isBidirectional();
        out.print(knowsRetransmits(summary) ? Header.withRetransmits(bidirectional) : Header.plain(bidirectional));
        for (Summary.OfDirection direction : summary.directions()) {
            printDirection(summary, direction);
            if (verbose) {
                new VerboseText(bidirectional, out).print(summary, direction.role());
            }
        }
    }

    private void printDirection(Summary summary, Summary.OfDirection direction) {
        StreamRole streamRole = direction.role();
        List<Summary.OfStream> streams = summary.streams().stream()
                .filter(stream -> stream.stream().role() == streamRole)
                .toList();
        for (Summary.OfStream stream : streams) {
            String label = DataLine.label(stream.stream().label());
            printTotal(label, streamRole, "sender", stream.sent());
            printTotal(label, streamRole, "receiver", stream.received());
        }
        if (streams.size() > 1) {
            printTotal(SUM, streamRole, "sender", direction.sent());
            printTotal(SUM, streamRole, "receiver", direction.received());
        }
    }

    private void printTotal(String label, StreamRole streamRole, String tag, @Nullable Total total) {
        if (total != null) {
            out.print(line.of(label, streamRole, total) + ending(label, tag, total));
        } else if (verbose || role == TestRole.CLIENT) {
            out.print(label + " (" + tag + " statistics not available)");
        }
    }

    private static String ending(String label, String tag, Total total) {
        Long retransmits = total.retransmits();
        if (retransmits == null) {
            return DataLine.withoutRetransmits(tag);
        }
        int blanks = label.equals(SUM) ? BLANKS_BEFORE_SUM_TAG : BLANKS_BEFORE_TAG;
        return DataLine.withRetransmits(retransmits, blanks, tag);
    }

    private static boolean knowsRetransmits(Summary summary) {
        return summary.streams().stream()
                .map(Summary.OfStream::sent)
                .anyMatch(sent -> sent != null && sent.retransmits() != null);
    }
}
