package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.output.Goldens;
import dev.pitot.output.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReporterTest {
    private final List<String> documents = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Test
    void aServersOutputSoFarIsItsDocumentInCompactForm() {
        JsonTree document = JsonTree.of(Goldens.read("get-server-output.server.json"));
        JsonReporter reporter = reporter(TestRole.SERVER);
        new RecordedTest(document, TestRole.SERVER)
                .events().stream()
                        .filter(event -> !(event instanceof TestEvent.Finished))
                        .forEach(reporter::onEvent);

        ServerOutput output = reporter.serverOutput();

        assertThat(output).isInstanceOfSatisfying(ServerOutput.Json.class, json -> {
            assertThat(json.document())
                    .startsWith("{\"start\":{\"connected\":[{\"socket\":5,")
                    .doesNotContain("\n");
            assertThat(PeerJson.pretty(json.document()) + "\n").isEqualTo(document.text() + "\n");
        });
        assertThat(documents).isEmpty();
    }

    @Test
    void roundTripsAreTheLastOfTheEndUnderAKeyOfTheirOwn() {
        var sent = new Total(65_536, Samples.NANOS, null);
        JsonReporter reporter = reporter(TestRole.CLIENT);
        Samples.opening(TestRole.CLIENT, Protocol.TCP, List.of(Samples.SENDING)).forEach(reporter::onEvent);

        Samples.closing(List.of(Samples.total(Samples.SENDING, sent, sent)), Samples.evidence())
                .forEach(reporter::onEvent);

        JsonTree latency =
                JsonTree.of(documents.getFirst()).object("end").object("pitot").object("latency");
        assertThat(latency.integer("idle_us")).isEqualTo(1000);
        assertThat(latency.objects("directions").getFirst().string("direction")).isEqualTo("client_to_server");
        assertThat(latency.objects("directions").getFirst().string("grade")).isEqualTo("B");
    }

    @Test
    void whatAServerSendsAsJsonButIsNoneStaysText() {
        var report = new TestReport(null, List.of(), null, null, new ServerOutput.Json("{\"a\":"));

        reporter(TestRole.CLIENT).onEvent(new TestEvent.Finished(new Outcome(report, new Ending.Completed())));

        assertThat(documents).first().asString().endsWith("\t\"server_output_text\":\t\"{\\\"a\\\":\"\n}\n");
    }

    @Test
    void aServerThatCannotListenStillWritesADocument() {
        var ending = new Ending.Failed(IperfError.LISTEN, "Address already in use", false);

        reporter(TestRole.SERVER).onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));

        assertThat(documents).first().asString().isEqualTo("""
                        {
                        \t"start":\t{
                        \t\t"connected":\t[],
                        \t\t"version":\t"iperf 3.21+",
                        \t\t"system_info":\t"Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64"
                        \t},
                        \t"intervals":\t[],
                        \t"end":\t{
                        \t},
                        \t"error":\t"error - unable to start listener for connections: Address already in use"
                        }
                        """);
    }

    // Intentional difference: iperf 3.21 leaves `end` empty when the connection to the other end is
    // lost.
    @Test
    void whatWasMeasuredBeforeTheOtherEndWentAwayIsReported() {
        String completed = Goldens.read("tcp.server.json");
        JsonReporter reporter = reporter(TestRole.SERVER);

        for (TestEvent event : new RecordedTest(JsonTree.of(completed), TestRole.SERVER).events()) {
            reporter.onEvent(
                    event instanceof TestEvent.Finished(Outcome outcome)
                            ? new TestEvent.Finished(new Outcome(outcome.report(), new Ending.PeerGone()))
                            : event);
        }

        String error = ",\n\t\"error\":\t\"the client has unexpectedly closed the connection\"\n}\n";
        assertThat(documents).containsExactly(completed.substring(0, completed.length() - "\n}\n".length()) + error);
    }

    @Test
    void warningsGoToStandardErrorAndEverythingElseNowhere() {
        JsonReporter reporter = reporter(TestRole.CLIENT);

        reporter.onEvent(new TestEvent.Note(TestEvent.Level.WARNING, "mind the gap"));
        reporter.onEvent(new TestEvent.Note(TestEvent.Level.DEBUG_ERROR, "details"));
        reporter.onEvent(new TestEvent.Note(TestEvent.Level.VERBOSE, "Control connection MSS 1448"));

        assertThat(warnings).containsExactly("warning: mind the gap");
        assertThat(documents).isEmpty();
    }

    @Test
    void multipathTcpIsReportedAsTcp() {
        assertThat(start(TestRole.SERVER, Protocol.MULTIPATH_TCP)).isEqualTo(start(TestRole.SERVER, Protocol.TCP));
    }

    // as in iperf 3.21: iperf_sctp.c reports neither
    @Test
    void sctpHasNeitherSegmentsNorBuffers() {
        assertThat(start(TestRole.CLIENT, Protocol.SCTP))
                .contains("\"protocol\":\t\"SCTP\"")
                .doesNotContain("tcp_mss")
                .doesNotContain("bufsize");
    }

    @Test
    void anEmptyFileWasMovedWhole() {
        var nothing = new Total(0, 0, null);
        JsonReporter reporter = reporter(TestRole.CLIENT);
        Samples.opening(TestRole.CLIENT, Protocol.TCP, List.of(Samples.SENDING)).forEach(reporter::onEvent);

        Samples.closing(List.of(
                        new Summary.OfStream(Samples.SENDING, nothing, nothing, null, new FileCopy("empty", 0))))
                .forEach(reporter::onEvent);

        JsonTree end = JsonTree.of(documents.getFirst()).object("end");
        JsonTree file = end.objects("streams").getFirst().object("diskfile");
        assertThat(file.members())
                .containsExactly(
                        Map.entry("sent", 0.0),
                        Map.entry("received", 0.0),
                        Map.entry("size", 0.0),
                        Map.entry("percent_sent", 100.0),
                        Map.entry("percent_received", 100.0),
                        Map.entry("filename", "empty"));
        assertThat(end.object("sum_sent").number("bits_per_second")).isZero();
    }

    /// Returns the object `start` of a test without intervals.
    private String start(TestRole role, Protocol protocol) {
        JsonReporter reporter = reporter(role);
        var config = TestConfig.builder().protocol(protocol).blockBytes(1000).build();
        Samples.opening(role, config, List.of(Samples.SENDING)).forEach(reporter::onEvent);
        reporter.onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Completed())));
        return documents.getLast();
    }

    private JsonReporter reporter(TestRole role) {
        return new JsonReporter(role, Goldens.PROGRAM, documents::add, warnings::add);
    }
}
