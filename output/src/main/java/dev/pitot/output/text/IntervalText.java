package dev.pitot.output.text;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpSample;
import dev.pitot.output.Lines;
import java.util.List;

/// Prints the lines of intervals. Owned by one reporter: it keeps track of whether the header has
/// been printed.
final class IntervalText {
    private static final int BLANKS_BEFORE_WINDOW = 3;
    private static final int BLANKS_BEFORE_SUM_TAG = 13;
    private static final String BLANKS_AFTER_WINDOW = " ".repeat(7);

    private final DataLine line;
    private final Lines out;
    private boolean headed;

    IntervalText(DataLine line, Lines out) {
        this.line = line;
        this.out = out;
    }

    void print(Interval interval) {
        if (!headed) {
            out.print(header(interval));
            headed = true;
        } else if (hasParallelStreams(interval)) {
            out.print(Header.SEPARATOR);
        }
        String tag = interval.omitted() ? "(omitted)" : "";
        for (Interval.Sum sum : interval.sums()) {
            printDirection(interval, sum, tag);
        }
    }

    private void printDirection(Interval interval, Interval.Sum sum, String tag) {
        List<Interval.OfStream> parts = interval.streams().stream()
                .filter(part -> part.stream().role() == sum.role())
                .toList();
        parts.forEach(part -> out.print(line.of(part) + ending(part, tag)));
        if (parts.size() > 1) {
            out.print(line.of(sum) + ending(sum, tag));
        }
    }

    private String header(Interval interval) {
        if (interval.streams().stream().anyMatch(part -> part.datagrams() != null)) {
            boolean onlySends =
                    interval.sums().stream().allMatch(sum -> sum.role().isSender());
            return onlySends ? Header.withPackets() : Header.withLoss(line.isBidirectional());
        }
        boolean hasSamples = interval.streams().stream().anyMatch(part -> part.tcp() != null);
        return hasSamples ? Header.withWindow(line.isBidirectional()) : Header.plain(line.isBidirectional());
    }

    private static boolean hasParallelStreams(Interval interval) {
        return interval.streams().size() > interval.sums().size();
    }

    private String ending(Interval.OfStream part, String tag) {
        Datagrams datagrams = part.datagrams();
        if (datagrams != null) {
            return ending(datagrams, part.stream().role(), tag);
        }
        TcpSample tcp = part.tcp();
        if (tcp == null) {
            return DataLine.withoutRetransmits(tag);
        }
        String window = UnitFormat.ADAPTIVE_BYTES.format((double) tcp.window().congestionBytes()) + "s";
        return DataLine.withRetransmits(tcp.retransmits(), BLANKS_BEFORE_WINDOW, window + BLANKS_AFTER_WINDOW + tag);
    }

    private String ending(Interval.Sum sum, String tag) {
        Datagrams datagrams = sum.datagrams();
        if (datagrams != null) {
            return ending(datagrams, sum.role(), tag);
        }
        Long retransmits = sum.retransmits();
        return retransmits == null
                ? DataLine.withoutRetransmits(tag)
                : DataLine.withRetransmits(retransmits, BLANKS_BEFORE_SUM_TAG, tag);
    }

    private String ending(Datagrams datagrams, StreamRole role, String tag) {
        return role.isSender()
                ? DatagramText.sent(datagrams, line.isBidirectional(), tag)
                : DatagramText.received(datagrams, tag);
    }
}
