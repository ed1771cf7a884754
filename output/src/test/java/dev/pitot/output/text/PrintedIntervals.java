package dev.pitot.output.text;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses intervals from their lines.
///
/// @param ofDatagrams true for UDP
record PrintedIntervals(List<StreamInfo> streams, boolean ofDatagrams) {
    private static final Pattern SENDER = Pattern.compile(" +(\\d+)( +([\\d.]+) ([KMGT]?)Bytes)? +(\\(omitted\\))?");

    List<Interval> read(String text) {
        var intervals = new ArrayList<Interval>();
        var pending = new ArrayList<PrintedFigures>();
        String first =
                streams.isEmpty() ? "" : Integer.toString(streams.getFirst().label());
        text.lines().filter(PrintedFigures::matches).map(PrintedFigures::of).forEach(line -> {
            if (line.label().equals(first) && !pending.isEmpty()) {
                intervals.add(interval(pending));
                pending.clear();
            }
            pending.add(line);
        });
        if (!pending.isEmpty()) {
            intervals.add(interval(pending));
        }
        return intervals;
    }

    private Interval interval(List<PrintedFigures> lines) {
        var parts = new ArrayList<Interval.OfStream>();
        var sums = new ArrayList<Interval.Sum>();
        for (PrintedFigures line : lines) {
            Matcher sender = SENDER.matcher(line.rest());
            boolean hasRetransmits = !ofDatagrams && sender.matches();
            Datagrams datagrams = ofDatagrams ? PrintedDatagrams.of(line) : null;
            if (line.label().equals("SUM")) {
                Long retransmits = hasRetransmits ? Long.valueOf(sender.group(1)) : null;
                StreamRole role = parts.getLast().stream().role();
                sums.add(new Interval.Sum(role, line.span(), line.bytes(), retransmits, datagrams));
            } else {
                TcpSample sample = hasRetransmits ? sample(sender) : null;
                parts.add(new Interval.OfStream(stream(line), line.span(), line.bytes(), sample, datagrams, null));
            }
        }
        if (sums.isEmpty()) { // not printed if a direction has a single stream
            parts.forEach(part -> sums.add(
                    new Interval.Sum(part.stream().role(), part.span(), part.bytes(), null, part.datagrams())));
        }
        return new Interval(parts, sums, lines.getFirst().rest().endsWith("(omitted)"));
    }

    private static TcpSample sample(Matcher sender) {
        long window =
                Math.round(Rounded.of(sender.group(3), sender.group(4), 1024).middle());
        return new TcpSample(
                Long.parseLong(sender.group(1)),
                new TcpSample.SendWindow(window, 0),
                new TcpSample.RoundTrip(0, 0),
                0,
                0);
    }

    private StreamInfo stream(PrintedFigures line) {
        return streams.stream()
                .filter(stream -> Integer.toString(stream.label()).equals(line.label()))
                .findFirst()
                .orElseThrow();
    }

    static StreamRole roleOf(PrintedFigures line, StreamRole otherwise) {
        return switch (line.role().isEmpty() ? "" : line.role().substring(1, 3)) {
            case "TX" -> StreamRole.SENDER;
            case "RX" -> StreamRole.RECEIVER;
            default -> otherwise;
        };
    }
}
