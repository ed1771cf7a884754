package dev.pitot.output.text;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Events of a test reconstructed from iperf's text output; a reporter must turn them into the same
/// lines again. Printed numbers are rounded; any values that round to the same lines will do.
final class PrintedTest {
    private static final Pattern STREAM =
            Pattern.compile("\\[ *(\\d+)] local (\\S+) port (\\d+) connected to (\\S+) port (\\d+)");
    private static final BufferSizes BUFFERS = new BufferSizes(16_384, 131_072);

    private final TestRole role;
    private final Ending ending;
    private final @Nullable ServerOutput output;
    private final String own;
    private final List<StreamInfo> streams;
    private final PrintedStart printed;

    PrintedTest(TestRole role, List<String> lines, Ending ending) {
        String text = String.join("\n", lines) + "\n";
        this.role = role;
        this.ending = ending;
        this.output = serverOutput(text);
        this.own = output == null ? text : text.substring(0, text.indexOf("\nServer "));
        this.streams = streams(own);
        this.printed = new PrintedStart(role, own, streams, output != null);
    }

    List<TestEvent> events() {
        var events = new ArrayList<TestEvent>();
        printed.notes().forEach(note -> events.add(new TestEvent.Note(TestEvent.Level.VERBOSE, note)));
        TestStart start = printed.isThere() ? printed.read() : null;
        if (start != null) {
            events.add(new TestEvent.ParametersAgreed(start));
        }
        if (!streams.isEmpty()) {
            events.add(new TestEvent.StreamsConnected(streams, BUFFERS));
            events.add(new TestEvent.Started(Instant.EPOCH));
        }
        Summary summary = addFigures(events);
        var report = new TestReport(start, streams, streams.isEmpty() ? null : BUFFERS, summary, output);
        if (summary != null) {
            events.add(new TestEvent.SummaryReady(report));
        }
        events.add(new TestEvent.Finished(new Outcome(report, ending)));
        return events;
    }

    // A summary has its own header after the last separator.
    private @Nullable Summary addFigures(List<TestEvent> events) {
        int separator = own.lastIndexOf(Header.SEPARATOR);
        boolean hasSummary = separator >= 0 && own.indexOf("[ ID]", separator) >= 0;
        new PrintedIntervals(streams, printed.isOfDatagrams())
                .read(hasSummary ? own.substring(0, separator) : own)
                .forEach(interval -> events.add(new TestEvent.IntervalDone(interval)));
        return hasSummary
                ? new PrintedSummary(role, streams, printed.isOfDatagrams())
                        .read(own.substring(separator).lines().toList())
                : null;
    }

    private static List<StreamInfo> streams(String own) {
        var found = new ArrayList<StreamInfo>();
        STREAM.matcher(own)
                .results()
                .forEach(stream -> found.add(new StreamInfo(
                        found.isEmpty() ? 1 : found.size() + 2,
                        Integer.parseInt(stream.group(1)),
                        role(own, stream.group(1)),
                        new Endpoint(stream.group(2), Integer.parseInt(stream.group(3))),
                        new Endpoint(stream.group(4), Integer.parseInt(stream.group(5))))));
        return found;
    }

    /// Only senders print a congestion window or, for UDP, the total number alone.
    private static StreamRole role(String own, String label) {
        String sent = "( [KMG]?Bytes       |/sec  {1,12}\\d+  )(\\(omitted\\))?";
        boolean sends = own.lines().anyMatch(line -> line.matches("\\[ *" + label + "].*" + sent));
        return sends ? StreamRole.SENDER : StreamRole.RECEIVER;
    }

    private static @Nullable ServerOutput serverOutput(String text) {
        if (text.contains("\nServer output:\n")) {
            return new ServerOutput.Text(find("(?s)\nServer output:\n(.*?\n)\n", text));
        }
        return text.contains("\nServer JSON output:\n")
                ? new ServerOutput.Json(find("(?s)\nServer JSON output:\n(.*?\n})\n", text))
                : null;
    }

    private static String find(String pattern, String text) {
        MatchResult found =
                Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
        return found.group(1);
    }
}
