package dev.pitot.output.text;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Extras;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The events of a test that iperf once printed: what a reporter must turn into those lines again. Printed
/// figures are rounded; any that round to the same lines will do.
final class PrintedTest {
    private static final Pattern PEER =
            Pattern.compile("(?:Connecting to host|Accepted connection from) (.*), port (\\d+)");
    private static final Pattern STREAM =
            Pattern.compile("\\[ *(\\d+)] local (\\S+) port (\\d+) connected to (\\S+) port (\\d+)");
    private static final Pattern STARTING = Pattern.compile("Starting Test: protocol: TCP, (\\d+) streams, (\\d+) byte"
            + " blocks, omitting (\\d+) seconds, (\\d+) second test, tos (\\d+)");

    private final TestRole role;
    private final String text;
    private final Ending ending;
    private final List<StreamInfo> streams;

    PrintedTest(TestRole role, List<String> lines, Ending ending) {
        this.role = role;
        this.text = String.join("\n", lines) + "\n";
        this.ending = ending;
        this.streams = readStreams();
    }

    List<TestEvent> events() {
        var events = new ArrayList<TestEvent>();
        TestStart start = start();
        events.add(new TestEvent.ParametersAgreed(start));
        var buffers = new BufferSizes(16_384, 131_072);
        events.add(new TestEvent.StreamsConnected(streams, buffers));
        events.add(new TestEvent.Started());
        ServerOutput output = serverOutput();
        String own = output == null ? text : text.substring(0, text.indexOf("\nServer "));
        int summary = own.lastIndexOf(Header.SEPARATOR);
        var figures = new PrintedSummary(role, streams, ending.isCompleted());
        new PrintedIntervals(streams)
                .read(own.substring(0, summary < 0 ? own.length() : summary))
                .forEach(interval -> events.add(new TestEvent.IntervalDone(interval)));
        var report = new TestReport(
                start,
                streams,
                buffers,
                figures.read(own.substring(summary).lines().toList()),
                output);
        events.add(new TestEvent.SummaryReady(report));
        events.add(new TestEvent.Finished(new Outcome(report, ending)));
        return events;
    }

    private TestStart start() {
        MatchResult peer = find(PEER, text);
        String cookie = text.contains("Cookie: ") ? find("Cookie: (.*)") : "";
        Instant time = text.contains("Time: ")
                ? ZonedDateTime.parse(find("Time: (.*)"), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()
                : Instant.EPOCH;
        int mss = text.contains("TCP MSS: ") ? Integer.parseInt(find("TCP MSS: (\\d+)")) : 0;
        return new TestStart(
                role,
                new Endpoint(peer.group(1), Integer.parseInt(peer.group(2))),
                cookie,
                time,
                mss,
                new TestStart.Setup(config(), ReportInterval.DEFAULT));
    }

    private TestConfig config() {
        TestConfig.Builder config = TestConfig.builder()
                .direction(direction())
                .extras(new Extras(null, null, serverOutput() != null, null));
        if (!text.contains("Starting Test")) {
            return config.parallel(streams.size() / direction().streamSets()).build();
        }
        MatchResult starting = find(STARTING, text);
        return config.parallel(Integer.parseInt(starting.group(1)))
                .blockBytes(Integer.parseInt(starting.group(2)))
                .omit(Duration.ofSeconds(Long.parseLong(starting.group(3))))
                .limit(new Limit.ForDuration(Duration.ofSeconds(Long.parseLong(starting.group(4)))))
                .socket(new SocketSettings(0, 0, false, Integer.parseInt(starting.group(5)), null))
                .build();
    }

    private Direction direction() {
        if (text.contains("[Role]")) {
            return Direction.BIDIRECTIONAL;
        }
        boolean sends = streams.getFirst().role().isSender();
        return sends == (role == TestRole.CLIENT) ? Direction.FORWARD : Direction.REVERSE;
    }

    private List<StreamInfo> readStreams() {
        var found = new ArrayList<StreamInfo>();
        String own = text.replaceFirst("(?s)\nServer .*", "");
        STREAM.matcher(own).results().forEach(stream -> {
            int label = Integer.parseInt(stream.group(1));
            found.add(new StreamInfo(
                    found.isEmpty() ? 1 : found.size() + 2,
                    label,
                    roleOf(stream.group(1)),
                    new Endpoint(stream.group(2), Integer.parseInt(stream.group(3))),
                    new Endpoint(stream.group(4), Integer.parseInt(stream.group(5)))));
        });
        return found;
    }

    /// Only senders show a window.
    private StreamRole roleOf(String label) {
        boolean sends =
                text.lines().anyMatch(line -> line.matches("\\[ *" + label + "].* [KMG]?Bytes       (\\(omitted\\))?"));
        return sends ? StreamRole.SENDER : StreamRole.RECEIVER;
    }

    private @Nullable ServerOutput serverOutput() {
        if (text.contains("\nServer output:\n")) {
            return new ServerOutput.Text(find("(?s)\nServer output:\n(.*?\n)\n"));
        }
        return text.contains("\nServer JSON output:\n")
                ? new ServerOutput.Json(find("(?s)\nServer JSON output:\n(.*?\n})\n"))
                : null;
    }

    private String find(String pattern) {
        return find(Pattern.compile(pattern), text).group(1);
    }

    private static MatchResult find(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow();
    }
}
