package dev.pitot.output.text;

import dev.pitot.model.config.Direction;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.finding.Findings;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.EndingText;
import dev.pitot.output.Lines;
import dev.pitot.output.ReportBudget;
import dev.pitot.output.format.RehearsalInterval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports one test as iperf 3.21's text. Takes the events of one test on one thread.
///
/// Every interval received is printed: the measurement decides whether a short last interval is
/// reported.
public final class TextReporter implements TestReporter {
    private final TestRole role;
    private final TextOptions options;
    private final Lines out;
    private final Lines errors;
    private final ReportBudget budget;
    private final TestHeaderText opening;
    private boolean introduced;
    private @Nullable LineBuffer kept;
    private @Nullable AgreedTest agreed;

    /// State that exists once the parameters are agreed.
    private record AgreedTest(TestStart start, IntervalText intervals, SummaryText summary) {}

    /// Creates a reporter for a single test, with its own memory budget.
    ///
    /// @param role which end reports
    /// @param out lines for standard output
    /// @param errors lines for standard error: warnings, and why a test was not completed
    public TextReporter(TestRole role, TextOptions options, Lines out, Lines errors) {
        this(role, options, out, errors, ReportBudget.ofOneTest());
    }

    /// Creates a reporter for one of several tests.
    ///
    /// @param role which end reports
    /// @param out lines for standard output
    /// @param errors lines for standard error: warnings, and why a test was not completed
    /// @param budget memory budget shared by the reporters of these tests
    public TextReporter(TestRole role, TextOptions options, Lines out, Lines errors, ReportBudget budget) {
        this.role = role;
        this.options = options;
        this.out = out;
        this.budget = budget;
        this.errors = line -> errors.print(ControlCharacterFilter.line(line));
        this.opening = new TestHeaderText(options.verbose(), this::print);
    }

    @Override
    public void onEvent(TestEvent event) {
        introduce();
        switch (event) {
            case TestEvent.ParametersAgreed(TestStart start) -> agree(start);
            case TestEvent.StreamsConnected connected -> printConnected(connected.streams(), opening);
            case TestEvent.Started _ -> start();
            case TestEvent.IntervalDone(Interval interval) -> printInterval(interval);
            case TestEvent.SummaryReady(TestReport report) -> summarize(report);
            case TestEvent.Note(TestEvent.Level level, String text) -> printNote(level, text);
            case TestEvent.Finished finished -> finish(finished.outcome().ending());
        }
    }

    /// Returns the lines printed so far; empty if the client did not request them.
    @Override
    public ServerOutput serverOutput() {
        return new ServerOutput.Text(kept == null ? "" : kept.text());
    }

    // A server prints these lines once for all its tests, before it listens.
    private void introduce() {
        if (!introduced && options.verbose() && role == TestRole.CLIENT) {
            options.program().lines().forEach(this::print);
        }
        introduced = true;
    }

    private void agree(TestStart start) {
        if (role == TestRole.SERVER && start.config().metadata().serverOutput()) {
            kept = new LineBuffer(budget);
        }
        var line = new DataLine(options.rate(), start.config().direction() == Direction.BIDIRECTIONAL, role);
        boolean isOfDatagrams = start.config().protocol().isDatagram();
        agreed = new AgreedTest(
                start,
                new IntervalText(line, this::print),
                new SummaryText(line, role, isOfDatagrams, options.verbose(), this::print));
        opening.agreed(start);
        rehearse(start, line);
    }

    /// Writes what comes when data flows to nowhere.
    private void rehearse(TestStart start, DataLine line) {
        Lines nowhere = text -> {
            var _ = ControlCharacterFilter.line(text);
        };
        Interval interval = RehearsalInterval.of(start);
        var header = new TestHeaderText(options.verbose(), nowhere);
        printConnected(
                interval.streams().stream().map(Interval.OfStream::stream).toList(), header);
        header.started(start.config());
        new IntervalText(line, nowhere).print(interval);
    }

    private void start() {
        if (agreed != null) {
            opening.started(agreed.start().config());
        }
    }

    private static void printConnected(List<StreamInfo> streams, TestHeaderText header) {
        streams.forEach(header::connected);
    }

    private void printInterval(Interval interval) {
        if (agreed != null) {
            agreed.intervals().print(interval);
        }
    }

    private void summarize(TestReport report) {
        Summary summary = report.summary();
        if (agreed != null && summary != null) {
            agreed.summary().print(summary);
            if (options.findings() && summary.evidence() != null) { // not part of a server's output for a client
                new LatencyText(role, out).print(summary.evidence().latency());
                boolean isBidirectional = agreed.start().config().direction() == Direction.BIDIRECTIONAL;
                new FindingsText(isBidirectional, this::printFinding).print(Findings.of(agreed.start(), summary));
            }
        }
        ServerOutput output = report.serverOutput();
        if (output != null) {
            ServerOutputText.print(output, out);
        }
    }

    private void printFinding(String line) {
        out.print(ControlCharacterFilter.line(line));
    }

    private void printNote(TestEvent.Level level, String text) {
        switch (level) {
            case VERBOSE -> printVerbose(text);
            case WARNING -> errors.print("warning: " + text);
            case DEBUG_ERROR, DEBUG_WARNING, DEBUG_INFO, DEBUG -> printDebug(level, text);
        }
    }

    private void printVerbose(String text) {
        if (options.verbose()) {
            print(text);
        }
    }

    // The debug levels follow WARNING in the order of iperf's levels 1 to 4.
    private void printDebug(TestEvent.Level level, String text) {
        if (options.debugLevel() >= level.compareTo(TestEvent.Level.WARNING)) {
            print(text);
        }
    }

    private void finish(Ending ending) {
        if (ending.isCompleted() && role == TestRole.CLIENT) {
            print("");
            print("iperf Done.");
        }
        EndingText.lines(role, ending).forEach(errors::print);
        if (kept != null) {
            kept.release();
        }
    }

    private void print(String line) {
        if (kept != null) {
            kept.add(line);
        }
        out.print(ControlCharacterFilter.line(line));
    }
}
