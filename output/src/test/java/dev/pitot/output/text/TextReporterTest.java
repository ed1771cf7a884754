package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Extras;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.Goldens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReporterTest {
    private static final TextOptions PLAIN = TextOptions.plain(Goldens.PROGRAM);
    private static final TextOptions VERBOSE = new TextOptions(Goldens.PROGRAM, UnitFormat.ADAPTIVE_BITS, true, 0);
    private static final Ending COMPLETED = new Ending.Completed();
    private static final Ending INTERRUPTED = new Ending.Cancelled("Interrupt(2)");

    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp",
                "tcp-R",
                "tcp-bidir",
                "tcp-P4",
                "tcp-P2-R",
                "tcp-P2-bidir",
                "tcp-omit",
                "tcp-omit-R",
                "tcp-i05",
                "tcp-n",
                "get-server-output",
                "get-server-output-textclient-jsonserver"
            })
    void printsTheSameLinesAsAnIperfClient(String golden) {
        List<String> text = Goldens.read(golden + ".txt").lines().toList();

        report(TestRole.CLIENT, PLAIN, text, COMPLETED);

        assertThat(lines).isEqualTo(text);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp",
                "tcp-R",
                "tcp-bidir",
                "tcp-P4",
                "tcp-P2-R",
                "tcp-P2-bidir",
                "tcp-omit",
                "tcp-omit-R",
                "tcp-i05",
                "tcp-n",
                "get-server-output"
            })
    void printsTheSameLinesAsAnIperfServer(String golden) {
        List<String> text = withoutBanner(Goldens.read(golden + ".server.txt"), 3);

        report(TestRole.SERVER, PLAIN, text, COMPLETED);

        assertThat(lines).isEqualTo(text);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-verbose", "tcp-bidir-verbose"})
    void tellsAsMuchAsAVerboseIperf(String golden) {
        List<String> client = Goldens.read(golden + ".txt").lines().toList();
        List<String> server = withoutBanner(Goldens.read(golden + ".server.txt"), 5);

        report(TestRole.CLIENT, VERBOSE, client, COMPLETED);

        assertThat(lines).isEqualTo(client);
        lines.clear();
        report(TestRole.SERVER, VERBOSE, server, COMPLETED);
        assertThat(lines).isEqualTo(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower-k", "lower-m", "lower-g", "lower-t", "upper-k", "upper-m", "upper-g", "upper-t"})
    void writesRatesInTheUnitThatWasAskedFor(String golden) {
        List<String> text = Goldens.read("format-" + golden + ".txt").lines().toList();
        char letter = golden.charAt(golden.length() - 1);
        UnitFormat rate = UnitFormat.ofLetter(golden.startsWith("upper") ? Character.toUpperCase(letter) : letter);

        report(TestRole.CLIENT, new TextOptions(Goldens.PROGRAM, rate, false, 0), text, COMPLETED);

        assertThat(lines).isEqualTo(text);
    }

    // A difference on purpose: iperf prints the receiver's line, with zeros that nobody measured.
    @Test
    void anInterruptedClientSaysThatItDoesNotKnowTheOtherEndsFigures() {
        List<String> text = Goldens.read("sig-client-INT.txt").lines().toList();

        report(TestRole.CLIENT, PLAIN, text, INTERRUPTED);

        assertThat(lines.subList(0, lines.size() - 1)).isEqualTo(text.subList(0, text.size() - 1));
        assertThat(text.getLast()).contains("0.00 Bytes  0.00 bits/sec");
        assertThat(lines.getLast()).isEqualTo("[  4] (receiver statistics not available)");
        assertThat(errors).containsExactly("iperf3: interrupt - the client has terminated by signal Interrupt(2)");
    }

    @Test
    void aServerWhoseClientWasInterruptedPrintsWhatItHas() {
        List<String> text = withoutBanner(Goldens.read("sig-client-INT.server.txt"), 3);

        report(TestRole.SERVER, PLAIN, text, new Ending.PeerTerminated());

        assertThat(lines).isEqualTo(text);
        assertThat(errors).containsExactly("iperf3: the client has terminated");
    }

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
                reporter(TestRole.CLIENT, new TextOptions(Goldens.PROGRAM, UnitFormat.ADAPTIVE_BITS, false, 2));

        for (TestEvent.Level level : TestEvent.Level.values()) {
            reporter.onEvent(new TestEvent.Note(level, level.name()));
        }

        assertThat(lines).containsExactly("DEBUG_ERROR", "DEBUG_WARNING");
        assertThat(errors).containsExactly("warning: WARNING");
    }

    @Test
    void aTerminalIsNotSteeredByWhatTheOtherEndSends() {
        var report = new TestReport(null, List.of(), null, null, new ServerOutput.Text("a\u001b[2J\tb\u009b\n"));

        reporter(TestRole.CLIENT, PLAIN).onEvent(new TestEvent.SummaryReady(report));

        assertThat(lines).containsExactly("", "Server output:", "a?[2J\tb?", "");
    }

    private void report(TestRole role, TextOptions options, List<String> text, Ending ending) {
        TextReporter reporter = reporter(role, options);
        new PrintedTest(role, text, ending).events().forEach(reporter::onEvent);
    }

    private TextReporter reporter(TestRole role, TextOptions options) {
        return new TextReporter(role, options, lines::add, errors::add);
    }

    private static TestEvent finished(TestReport report, Ending ending) {
        return new TestEvent.Finished(new Outcome(report, ending));
    }

    private static TestEvent asked(TestEvent.ParametersAgreed agreed) {
        var start = agreed.start();
        var extras = new Extras(null, null, true, null);
        var config = start.config().toBuilder().extras(extras).build();
        var setup = new TestStart.Setup(config, start.setup().interval());
        return new TestEvent.ParametersAgreed(
                new TestStart(start.role(), start.peer(), start.cookie(), start.time(), start.controlMss(), setup));
    }

    /// The server's own lines come before those of its test.
    private static List<String> withoutBanner(String text, int lines) {
        return text.lines().skip(lines).toList();
    }
}
