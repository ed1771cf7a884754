package dev.pitot.output.text;

import static java.util.Objects.requireNonNull;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses a summary from its lines.
///
/// @param ofDatagrams true for UDP
record PrintedSummary(TestRole role, List<StreamInfo> streams, boolean ofDatagrams) {
    private static final String PERCENTS = "([\\d.]+)% \\(([\\d.]+)%u/([\\d.]+)%s\\)";
    private static final Pattern CPU =
            Pattern.compile("CPU Utilization: local/sender " + PERCENTS + ", remote/receiver " + PERCENTS);

    private static final Pattern FILE = Pattern.compile(" {8}Sent .* / .* \\((\\d+)%\\) of (.*)");

    Summary read(List<String> lines) {
        Map<String, Total> totals = new HashMap<>();
        lines.stream()
                .filter(PrintedFigures::matches)
                .map(PrintedFigures::of)
                .forEach(line -> totals.put(key(line.label(), roleOf(line), tag(line)), total(line)));
        var ofStreams = new ArrayList<Summary.OfStream>();
        for (StreamInfo stream : streams) {
            String label = Integer.toString(stream.label());
            ofStreams.add(new Summary.OfStream(
                    stream,
                    totals.get(key(label, stream.role(), "sender")),
                    totals.get(key(label, stream.role(), "receiver")),
                    null,
                    file(
                            lines,
                            totals.get(key(label, stream.role(), stream.role().isSender() ? "sender" : "receiver")))));
        }
        List<Summary.OfDirection> directions = streams.stream()
                .map(StreamInfo::role)
                .distinct()
                .map(each -> new Summary.OfDirection(
                        each, totals.get(key("SUM", each, "sender")), totals.get(key("SUM", each, "receiver"))))
                .toList();
        CpuUsage local = cpu(lines, 1);
        return new Summary(
                ofStreams,
                directions,
                local == null ? new CpuUsage(0, 0, 0) : local,
                role == TestRole.CLIENT ? cpu(lines, 4) : null,
                congestion(lines),
                null);
    }

    // In a bidirectional test a server knows only its own algorithm, which is printed as the
    // sender's.
    private Summary.Congestion congestion(List<String> lines) {
        String receiver = behind(lines, "rcv_tcp_congestion ");
        String sender = behind(lines, "snd_tcp_congestion ");
        return new Summary.Congestion(sender, sender != null && role == TestRole.SERVER ? null : receiver);
    }

    private static @Nullable String behind(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse(null);
    }

    // A file size that gives the same percentage.
    private static @Nullable FileCopy file(List<String> lines, @Nullable Total moved) {
        return lines.stream()
                .map(FILE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> new FileCopy(
                        found.group(2), requireNonNull(moved).bytes() * 100 / Long.parseLong(found.group(1))))
                .orElse(null);
    }

    private static @Nullable CpuUsage cpu(List<String> lines, int group) {
        return lines.stream()
                .flatMap(line -> CPU.matcher(line).results())
                .findFirst()
                .map(found -> new CpuUsage(number(found, group), number(found, group + 1), number(found, group + 2)))
                .orElse(null);
    }

    private static double number(MatchResult found, int group) {
        return Double.parseDouble(found.group(group));
    }

    private StreamRole roleOf(PrintedFigures line) {
        return PrintedIntervals.roleOf(line, streams.getFirst().role());
    }

    private static String tag(PrintedFigures line) {
        return line.rest().endsWith("sender") ? "sender" : "receiver";
    }

    private static String key(String label, StreamRole role, String tag) {
        return label + role + tag;
    }

    private Total total(PrintedFigures line) {
        if (ofDatagrams) {
            return new Total(line.bytes(), line.span().endNanos(), null, PrintedDatagrams.of(line));
        }
        String count = line.rest().replaceAll("\\D", "");
        return new Total(line.bytes(), line.span().endNanos(), count.isEmpty() ? null : Long.valueOf(count));
    }
}
