package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import dev.pitot.output.Goldens;
import dev.pitot.output.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReporterTest {
    private static final TextOptions PLAIN = TextOptions.plain(Goldens.PROGRAM);
    private static final TextOptions VERBOSE =
            new TextOptions(Goldens.PROGRAM, UnitFormat.ADAPTIVE_BITS, true, 0, true);
    private static final Ending COMPLETED = new Ending.Completed();

    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @Test
    void aServersOutputIsWhatItPrinted() {
        List<String> text = withoutBanner(Goldens.read("get-server-output.server.txt"), 3);
        TextReporter reporter = reporter(TestRole.SERVER, PLAIN);
        List<TestEvent> events = new ArrayList<>(new PrintedTest(TestRole.SERVER, text, COMPLETED).events());
        events.set(0, asked((TestEvent.ParametersAgreed) events.getFirst()));

        events.forEach(reporter::onEvent);

        assertThat(reporter.serverOutput()).isEqualTo(new ServerOutput.Text(String.join("\n", text) + "\n"));
    }

    @Test
    void aServerKeepsNothingForAClientThatDidNotAsk() {
        TextReporter reporter = reporter(TestRole.SERVER, PLAIN);

        new PrintedTest(TestRole.SERVER, withoutBanner(Goldens.read("tcp.server.txt"), 3), COMPLETED)
                .events()
                .forEach(reporter::onEvent);

        assertThat(reporter.serverOutput()).isEqualTo(new ServerOutput.Text(""));
    }

    @Test
    void aRefusedConnectionIsOneLineOnStandardError() {
        var ending = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);

        reporter(TestRole.CLIENT, PLAIN).onEvent(finished(TestReport.EMPTY, ending));

        assertThat(lines).isEmpty();
        assertThat(errors)
                .containsExactly("iperf3: error - unable to connect to server - server may have stopped running or use"
                        + " a different port, firewall issue, etc.: Connection refused");
    }

    @Test
    void aVerboseClientNamesItselfEvenIfNothingElseHappens() {
        reporter(TestRole.CLIENT, VERBOSE).onEvent(finished(TestReport.EMPTY, new Ending.Busy()));

        assertThat(lines).isEqualTo(Goldens.PROGRAM.lines());
    }

    @Test
    void debuggingIsPrintedUpToItsLevelAndWarningsAlways() {
        TextReporter reporter =
                reporter(TestRole.CLIENT, new TextOptions(Goldens.PROGRAM, UnitFormat.ADAPTIVE_BITS, false, 2, true));

        for (TestEvent.Level level : TestEvent.Level.values()) {
            reporter.onEvent(new TestEvent.Note(level, level.name()));
        }

        assertThat(lines).containsExactly("DEBUG_ERROR", "DEBUG_WARNING");
        assertThat(errors).containsExactly("warning: WARNING");
    }

    @Test
    void aVerboseClientPrintsNotesOfThatLevelAsTheyCome() {
        TextReporter reporter = reporter(TestRole.CLIENT, VERBOSE);

        reporter.onEvent(new TestEvent.Note(TestEvent.Level.VERBOSE, "Control connection MSS 1448"));
        reporter.onEvent(new TestEvent.Note(TestEvent.Level.DEBUG_ERROR, "not asked for"));

        assertThat(lines)
                .containsExactly(
                        Goldens.PROGRAM.version(), Goldens.PROGRAM.systemInfo(), "Control connection MSS 1448");
        assertThat(errors).isEmpty();
    }

    @Test
    void onlyTcpTellsOfItsSegments() {
        for (Protocol protocol : Protocol.values()) {
            TextReporter reporter = reporter(TestRole.CLIENT, VERBOSE);
            Samples.opening(TestRole.CLIENT, protocol, List.of(Samples.SENDING)).forEach(reporter::onEvent);
        }

        assertThat(lines).filteredOn(line -> line.startsWith("      TCP MSS: ")).hasSize(2);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("Starting Test: "))
                .extracting(line -> line.substring("Starting Test: protocol: ".length(), line.indexOf(',')))
                .containsExactly("TCP", "TCP", "UDP", "SCTP");
    }

    @Test
    void sctpLooksLikeTcpWithoutRetransmits() {
        var sent = new Total(65_536, Samples.NANOS, null);
        TextReporter reporter = reporter(TestRole.CLIENT, PLAIN);
        Samples.opening(TestRole.CLIENT, Protocol.SCTP, List.of(Samples.SENDING))
                .forEach(reporter::onEvent);
        lines.clear();

        Samples.closing(List.of(Samples.total(Samples.SENDING, sent, sent))).forEach(reporter::onEvent);

        assertThat(lines)
                .containsExactly(
                        Header.SEPARATOR,
                        "[ ID] Interval           Transfer     Bitrate",
                        "[  5]   0.00-2.00   sec  64.0 KBytes   262 Kbits/sec                  sender",
                        "[  5]   0.00-2.00   sec  64.0 KBytes   262 Kbits/sec                  receiver",
                        "",
                        "iperf Done.");
    }

    @Test
    void aReceiverSaysHowMuchOfItsFileItGot() {
        var received = new Total(512, Samples.NANOS, null);
        TextReporter reporter = reporter(TestRole.SERVER, PLAIN);
        Samples.opening(TestRole.SERVER, Protocol.TCP, List.of(Samples.RECEIVING))
                .forEach(reporter::onEvent);
        lines.clear();

        Samples.closing(List.of(new Summary.OfStream(
                        Samples.RECEIVING, null, received, null, new FileCopy("copy\u001b[2J", 1024))))
                .forEach(reporter::onEvent);

        assertThat(lines)
                .containsExactly(
                        Header.SEPARATOR,
                        "[ ID] Interval           Transfer     Bitrate",
                        "        Sent  512 Byte / 1.00 KByte (50%) of copy?[2J",
                        "[  5]   0.00-2.00   sec   512 Bytes  2.05 Kbits/sec                  receiver");
    }

    @Test
    void roundTripsAndFindingsFollowTheSummaryButAreNotSentToAClient() {
        var sent = new Total(65_536, Samples.NANOS, null);
        TextReporter reporter = reporter(TestRole.SERVER, PLAIN);
        Samples.opening(TestRole.SERVER, Protocol.TCP, List.of(Samples.SENDING)).stream()
                .map(event -> event instanceof TestEvent.ParametersAgreed agreed ? asked(agreed) : event)
                .forEach(reporter::onEvent);

        reporter.onEvent(Samples.closing(List.of(Samples.total(Samples.SENDING, sent, null)), Samples.evidence())
                .getFirst());

        assertThat(lines)
                .endsWith(
                        "[  5]   0.00-2.00   sec  64.0 KBytes   262 Kbits/sec                  sender",
                        "",
                        "Round trip, ms    Idle  Median     95%     Max    Rise  Grade  Measured by",
                        "sending           1.00    51.0    51.0    51.0    50.0  B      "
                                + "smoothed by the kernel, 300 samples",
                        "",
                        "Findings",
                        "  The path queues too much: the round trip rises by 50 ms under load (grade B).",
                        "    next: set a queue that stays short at the bottleneck: "
                                + "tc qdisc replace dev DEVICE root fq_codel");
        assertThat(reporter.serverOutput())
                .isInstanceOfSatisfying(
                        ServerOutput.Text.class,
                        output -> assertThat(output.lines()).endsWith("  sender\n"));
    }

    @Test
    void findingsComeAfterTheSummaryUnlessUnwanted() {
        assertThat(linesOfAnUnstableTest(PLAIN)).containsSubsequence("Findings", "", "iperf Done.");
        assertThat(linesOfAnUnstableTest(new TextOptions(Goldens.PROGRAM, UnitFormat.ADAPTIVE_BITS, false, 0, false)))
                .doesNotContain("Findings")
                .endsWith("", "iperf Done.");
    }

    private List<String> linesOfAnUnstableTest(TextOptions options) {
        var sent = new Total(65_536, Samples.NANOS, null);
        TextReporter reporter = reporter(TestRole.CLIENT, options);
        Samples.opening(TestRole.CLIENT, Protocol.TCP, List.of(Samples.SENDING)).forEach(reporter::onEvent);
        lines.clear();
        var direction = new Evidence.OfDirection(StreamRole.SENDER, null, new RateSpread(10, 0.5, 0), null);
        var evidence = new Evidence(
                new Latency(List.of(), List.of()), List.of(), List.of(direction), new Evidence.Hosts(null, null));
        var summary = new Summary(
                List.of(Samples.total(Samples.SENDING, sent, sent)),
                List.of(new Summary.OfDirection(StreamRole.SENDER, sent, sent)),
                new CpuUsage(1, 2, 3),
                null,
                new Summary.Congestion(null, null),
                evidence);
        var report = new TestReport(null, List.of(), null, summary, null);
        reporter.onEvent(new TestEvent.SummaryReady(report));
        reporter.onEvent(finished(report, COMPLETED));
        return lines;
    }

    @Test
    void aTerminalIsNotSteeredByWhatTheOtherEndSends() {
        var report = new TestReport(null, List.of(), null, null, new ServerOutput.Text("a\u001b[2J\tb\u009b\n"));

        reporter(TestRole.CLIENT, PLAIN).onEvent(new TestEvent.SummaryReady(report));

        assertThat(lines).containsExactly("\nServer output:\na?[2J\tb?\n");
    }

    @Test
    void noTextOfTheOtherEndTurnsItsDirectionOrHidesAPart() {
        String marks = "a\u200fb\u061cc\u202ed\u2066e\u00adf\u2028g\ufeffh" + Character.toString(0xE0041) + "é\u05d0";
        String shown = "a?b?c?d?e?f?g?h?é\u05d0";
        var report = new TestReport(null, List.of(), null, null, new ServerOutput.Text(marks + "\n"));
        TextReporter reporter = reporter(TestRole.CLIENT, PLAIN);

        reporter.onEvent(new TestEvent.SummaryReady(report));
        reporter.onEvent(new TestEvent.Note(TestEvent.Level.WARNING, marks));
        reporter.onEvent(finished(TestReport.EMPTY, new Ending.Failed(IperfError.CONNECT, marks, true)));

        assertThat(lines).containsExactly("\nServer output:\n" + shown + "\n");
        assertThat(errors).hasSize(3).allSatisfy(line -> assertThat(line).endsWith(shown));
    }

    @Test
    void singleBytesOfTheOtherEndDoNotSteerATerminalEither() {
        // the bytes of U+009B and of U+202E, then 9b and e4 alone
        String bytes = "a\udcc2\udc9bb\udce2\udc80\udcaec\udc9bd\udce4";
        var report = new TestReport(null, List.of(), null, null, new ServerOutput.Text(bytes + "\n"));

        reporter(TestRole.CLIENT, PLAIN).onEvent(new TestEvent.SummaryReady(report));

        assertThat(lines).containsExactly("\nServer output:\na?b?c?d\udce4\n");
    }

    private TextReporter reporter(TestRole role, TextOptions options) {
        return new TextReporter(role, options, lines::add, errors::add);
    }

    private static TestEvent finished(TestReport report, Ending ending) {
        return new TestEvent.Finished(new Outcome(report, ending));
    }

    private static TestEvent asked(TestEvent.ParametersAgreed agreed) {
        var start = agreed.start();
        var metadata = new TestMetadata(null, null, true, null);
        var config = start.config().toBuilder().metadata(metadata).build();
        var setup = new TestStart.Setup(config, start.setup().interval());
        return new TestEvent.ParametersAgreed(
                new TestStart(start.role(), start.peer(), start.cookie(), start.time(), start.controlMss(), setup));
    }

    /// Removes the server's banner, which precedes the lines of its test.
    private static List<String> withoutBanner(String text, int lines) {
        return text.lines().skip(lines).toList();
    }
}
