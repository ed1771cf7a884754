package dev.pitot.output.text;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Parses the parameters of a test from its printed lines.
///
/// @param text output of the test itself, without the other end's output
/// @param serverOutput true if the other end's output was requested
record PrintedStart(TestRole role, String text, List<StreamInfo> streams, boolean serverOutput) {
    private static final Pattern PEER =
            Pattern.compile("(?:Connecting to host|Accepted connection from) (.*), port (\\d+)");
    private static final Pattern STARTING = Pattern.compile("Starting Test: protocol: [A-Z]+, (\\d+) streams, (\\d+)"
            + " byte blocks, omitting (\\d+) seconds, (\\d+) second test, tos (\\d+)");

    boolean isThere() {
        return PEER.matcher(text).find();
    }

    boolean isOfDatagrams() {
        return text.contains("Datagrams");
    }

    /// Returns the lines that `-V` printed before the parameters were agreed.
    List<String> notes() {
        return text.lines()
                .takeWhile(line -> !line.startsWith("Time: "))
                .filter(line -> line.startsWith("Control connection ") || line.startsWith("Setting UDP block size "))
                .toList();
    }

    TestStart read() {
        MatchResult peer = find(PEER);
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
                .protocol(isOfDatagrams() ? Protocol.UDP : Protocol.TCP)
                .direction(direction())
                .metadata(new TestMetadata(null, null, serverOutput, null));
        if (text.contains("Target Bitrate: ")) {
            config.bitrate(new Bitrate(Long.parseLong(find("Target Bitrate: (\\d+)"))));
        }
        if (!text.contains("Starting Test")) {
            return config.parallel(Math.max(1, streams.size() / direction().streamSets()))
                    .build();
        }
        MatchResult starting = find(STARTING);
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
        boolean sends = streams.isEmpty() || streams.getFirst().role().isSender();
        return sends == (role == TestRole.CLIENT) ? Direction.FORWARD : Direction.REVERSE;
    }

    private String find(String pattern) {
        return find(Pattern.compile(pattern)).group(1);
    }

    private MatchResult find(Pattern pattern) {
        return pattern.matcher(text).results().findFirst().orElseThrow();
    }
}
