package dev.pitot.output.json;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.Lines;
import dev.pitot.output.ProgramInfo;
import dev.pitot.output.ReportBudget;
import java.util.function.Consumer;

/// Reports one test as iperf 3.21's JSON document (`-J`), written when the test ends, with or
/// without success. Takes the events of one test on one thread.
///
/// For a server that fails before any test, or is stopped while idle, a `Finished` event alone
/// produces the document.
public final class JsonReporter implements TestReporter {
    private final TestRole role;
    private final ProgramInfo program;
    private final Consumer<String> documents;
    private final Lines warnings;
    private final TestProgress progress = new TestProgress();
    private final ReportBudget budget;
    private final IntervalBuffer intervals;

    /// Creates a reporter for a single test, with its own memory budget.
    ///
    /// @param role which end reports
    /// @param program who reports
    /// @param documents gets the document, which ends with a line feed
    /// @param warnings lines for standard error
    public JsonReporter(TestRole role, ProgramInfo program, Consumer<String> documents, Lines warnings) {
        this(role, program, documents, warnings, ReportBudget.ofOneTest());
    }

    /// Creates a reporter for one of several tests.
    ///
    /// @param role which end reports
    /// @param program who reports
    /// @param documents gets the document, which ends with a line feed
    /// @param warnings lines for standard error
    /// @param budget memory budget shared by the reporters of these tests
    public JsonReporter(
            TestRole role, ProgramInfo program, Consumer<String> documents, Lines warnings, ReportBudget budget) {
        this.role = role;
        this.program = program;
        this.documents = documents;
        this.warnings = warnings;
        this.budget = budget;
        intervals = new IntervalBuffer(budget);
    }

    @Override
    public void onEvent(TestEvent event) {
        progress.onEvent(event);
        switch (event) {
            case TestEvent.IntervalDone(Interval interval) -> intervals.add(interval);
            case TestEvent.Note note -> Warning.print(note, warnings);
            case TestEvent.Finished(Outcome outcome) -> finish(outcome);
            case TestEvent.ParametersAgreed(TestStart start) -> IntervalBuffer.rehearse(start);
            case TestEvent.StreamsConnected _, TestEvent.Started _, TestEvent.SummaryReady _ -> {}
        }
    }

    /// Returns the document so far, in compact form.
    @Override
    public ServerOutput serverOutput() {
        return budget.make(() -> ServerOutputJson.of(program, progress, intervals));
    }

    private void finish(Outcome outcome) {
        intervals.warnOfDropped(warnings);
        try {
            budget.write(() -> JsonDocument.of(role, program, progress, intervals, outcome), documents);
        } finally {
            intervals.release();
        }
    }
}
