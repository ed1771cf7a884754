package dev.pitot.output.json;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.output.RecordedEnding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events of a test reconstructed from iperf's JSON document; a reporter must turn them into the
/// same document again.
final class RecordedTest {
    private final JsonTree document;
    private final JsonTree start;
    private final TestRole role;

    RecordedTest(JsonTree document, TestRole role) {
        this.document = document;
        this.start = document.object("start");
        this.role = role;
    }

    List<TestEvent> events() {
        var events = new ArrayList<TestEvent>();
        List<StreamInfo> streams = streams();
        TestStart agreed = start.has("timestamp") ? testStart() : null;
        if (agreed != null) {
            events.add(new TestEvent.ParametersAgreed(agreed));
        }
        BufferSizes buffers = null;
        if (!streams.isEmpty()) {
            buffers = new BufferSizes(start.small("sndbuf_actual"), start.small("rcvbuf_actual"));
            events.add(new TestEvent.StreamsConnected(streams, buffers));
        }
        if (start.has("test_start")) {
            events.add(new TestEvent.Started(Instant.EPOCH));
        }
        var figures = new RecordedFigures(streams, isComplete());
        document.objects("intervals").forEach(each -> events.add(new TestEvent.IntervalDone(figures.interval(each))));
        JsonTree end = document.object("end");
        Summary summary = end.has("streams") ? figures.summary(end) : null;
        var report = new TestReport(agreed, streams, buffers, summary, serverOutput());
        if (summary != null) {
            events.add(new TestEvent.SummaryReady(report));
        }
        events.add(new TestEvent.Finished(
                new Outcome(report, RecordedEnding.of(document.stringOrNull("error"), role == TestRole.CLIENT))));
        return events;
    }

    // Only a client whose test was not aborted knows the other end's results.
    private boolean isComplete() {
        return role == TestRole.CLIENT && !document.has("error");
    }

    private TestStart testStart() {
        JsonTree peer = start.object(role == TestRole.CLIENT ? "connecting_to" : "accepted_connection");
        double seconds = start.has("test_start") ? start.object("test_start").number("interval") : 1;
        return new TestStart(
                role,
                new Endpoint(peer.string("host"), peer.small("port")),
                start.string("cookie"),
                Instant.ofEpochMilli(start.object("timestamp").integer("timemillisecs")),
                start.has("tcp_mss_default") ? start.small("tcp_mss_default") : 0,
                new TestStart.Setup(config(), new ReportInterval(Duration.ofMillis(Math.round(seconds * 1000)))));
    }

    private TestConfig config() {
        TestConfig.Builder config = TestConfig.builder()
                .protocol(protocol())
                .pacing(new Pacing(
                        new Bitrate(start.integer("target_bitrate")), 0, new Bitrate(start.integer("fq_rate"))))
                .metadata(new TestMetadata(
                        document.stringOrNull("title"),
                        document.stringOrNull("extra_data"),
                        serverOutput() != null,
                        null));
        return start.has("test_start") ? config(config, start.object("test_start")) : config.build();
    }

    private TestConfig config(TestConfig.Builder config, JsonTree test) {
        boolean offload = test.integer("gso") == 1;
        int mss = start.has("tcp_mss") ? start.small("tcp_mss") : 0;
        return config.direction(direction(test))
                .limit(limit(test))
                .omit(Duration.ofSeconds(test.integer("omit")))
                .parallel(test.small("num_streams"))
                .blockBytes(test.small("blksize"))
                .datagrams(new DatagramSettings(false, false, offload ? Offload.ON : Offload.OFF))
                .socket(new SocketSettings(start.small("sock_bufsize"), mss, false, test.small("tos"), null))
                .build();
    }

    // Only TCP reports its segment size; documents without streams are not of UDP tests.
    private Protocol protocol() {
        if (start.has("tcp_mss") || start.has("tcp_mss_default")) {
            return Protocol.TCP;
        }
        return start.has("test_start")
                ? Protocol.valueOf(start.object("test_start").string("protocol"))
                : Protocol.SCTP;
    }

    private static Direction direction(JsonTree test) {
        if (test.integer("bidir") == 1) {
            return Direction.BIDIRECTIONAL;
        }
        return test.integer("reverse") == 1 ? Direction.REVERSE : Direction.FORWARD;
    }

    private static Limit limit(JsonTree test) {
        if (test.integer("bytes") > 0) {
            return new Limit.ForBytes(test.integer("bytes"));
        }
        if (test.integer("blocks") > 0) {
            return new Limit.ForBlocks(test.integer("blocks"));
        }
        return new Limit.ForDuration(Duration.ofSeconds(test.integer("duration")));
    }

    private List<StreamInfo> streams() {
        var streams = new ArrayList<StreamInfo>();
        for (JsonTree each : start.objects("connected")) {
            int index = streams.size();
            streams.add(new StreamInfo(
                    index == 0 ? 1 : index + 2,
                    each.small("socket"),
                    roleOf(each.small("socket")),
                    new Endpoint(each.string("local_host"), each.small("local_port")),
                    new Endpoint(each.string("remote_host"), each.small("remote_port"))));
        }
        return streams;
    }

    private StreamRole roleOf(int label) {
        boolean sends = document.objects("intervals").getFirst().objects("streams").stream()
                .anyMatch(part -> part.small("socket") == label && part.bool("sender"));
        return sends ? StreamRole.SENDER : StreamRole.RECEIVER;
    }

    private @Nullable ServerOutput serverOutput() {
        if (document.has("server_output_json")) {
            return new ServerOutput.Json(document.object("server_output_json").text());
        }
        String text = document.stringOrNull("server_output_text");
        return text == null ? null : new ServerOutput.Text(text);
    }
}
